import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { call, get, type Schemas } from './client'
import { moment } from './moment'
import type { Role } from './types'

export type User = Schemas['UserView']
/** Operator or approver at one site. */
export type SiteRole = Schemas['SiteRole']
export type SiteRoleAsked = Schemas['SiteRoleAsked']
export type UserEdit = Schemas['EditUser']

export type Token = Schemas['TokenView']

export type Audit = Schemas['AuditView']

export const userRows: RowsQuery<User> = {
  key: ['users'],
  page: (_cursor, _limit, signal) => get('/api/v1/users', {}, signal),
}

export const tokenRows: RowsQuery<Token> = {
  key: ['tokens'],
  page: (_cursor, _limit, signal) => get('/api/v1/tokens', {}, signal),
}

export const auditRows = ({ by, action, since }: UrlState): RowsQuery<Audit> => ({
  key: ['audit', { by, action, since }],
  page: (cursor, limit, signal) =>
    get('/api/v1/audit', { query: { by, action, since: moment(since), cursor, limit } }, signal),
})

/** The password is made up and told this once. */
export const addUser = (name: string, role: Role) => call('post', '/api/v1/users', {}, { name, role })

export const editUser = (user: User, change: UserEdit) =>
  call(
    'patch',
    '/api/v1/users/{name}',
    { path: { name: user.name }, header: { 'If-Match': `"${user.version}"` } },
    change,
  )

export const resetPassword = (name: string) => call('post', '/api/v1/users/{name}/reset-password', { path: { name } })

/** What its holder sends is told this once. */
export const addToken = (name: string, scope: Role, expiresAt: string | undefined) =>
  call('post', '/api/v1/tokens', {}, { name, scope, expires_at: expiresAt })

export const revokeToken = (id: number) => call('delete', '/api/v1/tokens/{id}', { path: { id } })

export const health = (signal?: AbortSignal) => get('/api/health', {}, signal)
