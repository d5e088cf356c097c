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

/** What who is logged in may do; the server judges again. */
export function useMe(): (needed: Role) => boolean {
  const { data: me } = useQuery(meQuery)
  return (needed) => me !== undefined && (me.role === needed || me.role === 'admin' || needed === 'viewer')
}

export const useMay = (needed: Role) => useMe()(needed)
