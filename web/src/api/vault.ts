import { queryOptions } from '@tanstack/react-query'
import type { RowsQuery } from '../ui/useRows'
import { call, get, postText, type Schemas } from './client'
import { once } from './runs'

export type Vault = Schemas['VaultState']
export type Credential = Schemas['CredentialView']

export const vaultQuery = queryOptions({
  queryKey: ['vault'],
  queryFn: ({ signal }) => get('/api/v1/vault', {}, signal),
})

export const credentialRows: RowsQuery<Credential> = {
  key: ['credentials'],
  page: (_cursor, _limit, signal) => get('/api/v1/credentials', {}, signal),
}

export const credsQuery = queryOptions({
  queryKey: ['creds-status'],
  queryFn: ({ signal }) => get('/api/v1/reports/credentials', {}, signal),
})

export const unlockVault = (password: string) => call('post', '/api/v1/vault/unlock', {}, { password })
export const lockVault = () => call('post', '/api/v1/vault/lock')

export type CredentialAsked = Schemas['CredentialAsked']
export type FindCredentials = Schemas['FindCredentials']

export const makeVault = (password: string) => call('post', '/api/v1/vault', {}, { password })

export const changeVaultPassword = (old: string, next: string) =>
  call('put', '/api/v1/vault/password', {}, { old, new: next })

/** All of it in a file, sealed under a password of its own. */
export const exportVault = (vaultPassword: string, password: string) =>
  postText('/api/v1/vault/export', { vault_password: vaultPassword, password })

export const addCredential = (asked: CredentialAsked) => call('post', '/api/v1/credentials', {}, asked)

/** Another secret in the place of the one that has this name. */
export const replaceCredential = (name: string, asked: CredentialAsked) =>
  call('put', '/api/v1/credentials/{name}', { path: { name } }, asked)

/** With `unpin` also one that is pinned to devices. */
export const removeCredential = (name: string, unpin?: boolean) =>
  call('delete', '/api/v1/credentials/{name}', { path: { name }, query: { unpin } })

export const makeDefault = (name: string) => call('post', '/api/v1/credentials/{name}/default', { path: { name } })

/** Which devices would be tried, and what it may cost the accounts. */
export const findPlanQuery = (asked: FindCredentials) =>
  queryOptions({
    queryKey: ['find-plan', asked],
    queryFn: ({ signal }) => call('post', '/api/v1/credentials/discover/plan', {}, asked, signal),
    retry: false,
  })

export const findCredentials = (asked: FindCredentials, key: string) =>
  call('post', '/api/v1/credentials/discover', once(key), asked)

/** Tries the credentials of the vault on one device and waits. */
export const testCredentials = (device: string) =>
  call('post', '/api/v1/devices/{reference}/credential-test', { path: { reference: device } }, { update: true })
