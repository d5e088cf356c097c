import { queryOptions } from '@tanstack/react-query'
import type { RowsQuery } from '../ui/useRows'
import { call, get, type Schemas } from './client'

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
