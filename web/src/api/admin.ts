import type { UrlState } from '../ui/urlState'
import type { Rows, RowsQuery } from '../ui/useRows'
import { call, get } from './client'
import { moment } from './moment'
import type { Me } from './session'

export interface User {
  id: number
  name: string
  role: Me['role']
  must_change: boolean
  disabled_at: string | null
  created_at: string
  last_login_at: string | null
  version: number
}

export interface Token {
  id: number
  user: string
  name: string
  scope: Me['role']
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  revoked_at: string | null
}

export interface Audit {
  id: number
  at: string
  actor: string
  action: string
  object: string
  detail: unknown
}

export interface Health {
  status: string
  version: string
  database: string
}

const all = <Row>(path: string): RowsQuery<Row> => ({
  key: [path],
  page: (_cursor, _limit, signal) => get<Rows<Row>>(path, {}, signal),
})

export const userRows = all<User>('/api/v1/users')
export const tokenRows = all<Token>('/api/v1/tokens')

export const auditRows = ({ by, action, since }: UrlState): RowsQuery<Audit> => ({
  key: ['audit', { by, action, since }],
  page: (cursor, limit, signal) =>
    get<Rows<Audit>>('/api/v1/audit', { query: { by, action, since: moment(since), cursor, limit } }, signal),
})

/** The password is made up and told this once. */
export const addUser = (name: string, role: string) =>
  call<{ user: User; password: string | null }>('post', '/api/v1/users', {}, { name, role })

export const editUser = (user: User, change: { role?: string; disabled?: boolean }) =>
  call<User>(
    'patch',
    '/api/v1/users/{name}',
    { path: { name: user.name }, header: { 'If-Match': `"${user.version}"` } },
    change,
  )

export const resetPassword = (name: string) =>
  call<{ password: string | null }>('post', '/api/v1/users/{name}/reset-password', { path: { name } })

/** What its holder sends is told this once. */
export const addToken = (name: string, scope: string, expiresAt: string | undefined) =>
  call<{ token: Token; secret: string | null }>('post', '/api/v1/tokens', {}, { name, scope, expires_at: expiresAt })

export const revokeToken = (id: number) => call<unknown>('delete', '/api/v1/tokens/{id}', { path: { id } })

export const health = (signal?: AbortSignal) => get<Health>('/api/health', {}, signal)
