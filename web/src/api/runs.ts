import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { call, get, type Schemas } from './client'
import { moment } from './moment'
import type { RunView } from './types'

export type Execution = Schemas['Execution']

export const RUN_KINDS: readonly Schemas['RunKind'][] = ['discovery', 'collection', 'credentials']
export const RUN_STATES: readonly Schemas['RunState'][] = [
  'running',
  'success',
  'partial',
  'failed',
  'cancelled',
  'interrupted',
]

export const runRows = ({ kind, state, job, batch, since }: UrlState): RowsQuery<RunView> => {
  const said = { kind, state, job, batch, since }
  return {
    // What was said, not the moment that it means now: that is another one at every look.
    key: ['executions', said],
    page: (cursor, limit, signal) => {
      const query = {
        kind: RUN_KINDS.find((k) => k === kind),
        state: RUN_STATES.find((s) => s === state),
        job,
        batch,
        since: moment(since),
      }
      return get('/api/v1/executions', { query: { ...query, cursor, limit } }, signal)
    },
  }
}

export const runQuery = (id: string | number) =>
  queryOptions({
    queryKey: ['execution', String(id)],
    queryFn: ({ signal }) => get('/api/v1/executions/{id}', { path: { id: Number(id) } }, signal),
    // A run of another process tells no events here.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 3000 : false),
  })

/** The event stream of one run. */
export const eventsUrl = (run: string | number) => `/api/v1/events?run=${run}`

/** As whom devices are asked; by what the unlocked vault holds when nothing is said. */
export type AsWhom = Schemas['AsWhomAsked'] & { password?: string; enable?: string }
export type DiscoveryAsked = Schemas['StartDiscovery']
export type CollectionAsked = Schemas['StartCapture']

/** The same key again starts nothing, so a second click or a lost answer does no harm. */
export const once = (key: string) => ({ header: { 'Idempotency-Key': key } })

export const startDiscovery = (asked: DiscoveryAsked, key: string) =>
  call('post', '/api/v1/discoveries', once(key), asked)

export const startCollection = (asked: CollectionAsked, key: string) =>
  call('post', '/api/v1/collections', once(key), asked)

export const planQuery = (select: string | undefined, types: string[]) =>
  queryOptions({
    queryKey: ['plan', select, types],
    queryFn: ({ signal }) => call('post', '/api/v1/collections/plan', {}, { select, types }, signal),
  })

export const cancelRun = (id: number | string) =>
  call('post', '/api/v1/executions/{id}/cancel', { path: { id: Number(id) } })

export const retryRun = (id: number | string, asWhom: AsWhom) =>
  call('post', '/api/v1/executions/{id}/retry', { path: { id: Number(id) } }, { as_whom: asWhom })

export const resumeRun = (id: number | string, asWhom: AsWhom) =>
  call('post', '/api/v1/executions/{id}/resume', { path: { id: Number(id) } }, { as_whom: asWhom })

/** A word that nobody else has; also where the page came without TLS. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}
