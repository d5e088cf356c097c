import { queryOptions } from '@tanstack/react-query'
import { call, get } from './client'

export interface Me {
  name: string
  role: 'viewer' | 'approver' | 'operator' | 'admin'
  must_change_password: boolean
  by_token: boolean
}

export const meQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<Me>('/api/v1/session', {}, signal),
  staleTime: 60_000,
})

export const logIn = (name: string, password: string) => call<Me>('post', '/api/v1/session', {}, { name, password })
export const logOut = () => call<void>('delete', '/api/v1/session')
export const setPassword = (old: string, next: string) =>
  call<void>('put', '/api/v1/session/password', {}, { old, new: next })
