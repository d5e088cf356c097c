import { queryOptions, useQuery } from '@tanstack/react-query'
import { call, get, type Schemas } from './client'
import type { Role } from './types'

export type Me = Schemas['Me']

export const meQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get('/api/v1/session', {}, signal),
  staleTime: 60_000,
})

export const logIn = (name: string, password: string) => call('post', '/api/v1/session', {}, { name, password })
export const logOut = () => call('delete', '/api/v1/session')
export const setPassword = (old: string, next: string) =>
  call('put', '/api/v1/session/password', {}, { old, new: next })

/** Whether who is logged in may do what asks for `needed`; the server judges again. */
export function useMay(needed: Role): boolean {
  const { data: me } = useQuery(meQuery)
  return me !== undefined && (me.role === needed || me.role === 'admin' || needed === 'viewer')
}
