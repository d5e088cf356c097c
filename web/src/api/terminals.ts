import { type Body, call } from './client'

/** The right to one terminal: a ticket that is good once. */
export const openTerminal = (asked: Body<'post', '/api/v1/terminals'>) => call('post', '/api/v1/terminals', {}, asked)
