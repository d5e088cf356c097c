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

/** Whatever the site is: for what is judged by the server once the devices are known. */
export const ANY_SITE = Symbol('any site')

/** A site by name or slug; without one the role for all sites counts. */
export type At = string | null | typeof ANY_SITE

/** What who is logged in may do; the server judges again. */
export function useMe(): (needed: Role, at?: At) => boolean {
  const { data: me } = useQuery(meQuery)
  const has = (role: Role, needed: Role) => role === needed || role === 'admin' || needed === 'viewer'
  return (needed, at = null) =>
    me !== undefined &&
    (has(me.role, needed) ||
      (at !== null && me.sites.some((s) => has(s.role, needed) && (at === ANY_SITE || s.site === at || s.name === at))))
}

export const useMay = (needed: Role, at?: At) => useMe()(needed, at)
