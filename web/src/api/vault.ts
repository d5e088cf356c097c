import { queryOptions } from '@tanstack/react-query'
import type { Rows, RowsQuery } from '../ui/useRows'
import { call, get } from './client'

export interface Vault {
  exists: boolean
  unlocked: boolean
  credentials: number
  cost?: string | null
  created_at?: string | null
  changed_at?: string | null
}

export interface Credential {
  id: number
  name: string
  kind: string
  username: string
  realm: string
  holds: string
  priority: number
  is_default: boolean
  notes: string
  changed_at: string
}

export interface CredsStatus {
  total: number
  ok: number
  failed: number
  untested: number
  coverage_percent: number
  credentials: { name: string; works_on: number; preferred_on: number; refused_on: number }[]
}

export const vaultQuery = queryOptions({
  queryKey: ['vault'],
  queryFn: ({ signal }) => get<Vault>('/api/v1/vault', {}, signal),
})

export const credentialRows: RowsQuery<Credential> = {
  key: ['credentials'],
  page: (_cursor, _limit, signal) => get<Rows<Credential>>('/api/v1/credentials', {}, signal),
}

export const credsQuery = queryOptions({
  queryKey: ['creds-status'],
  queryFn: ({ signal }) => get<CredsStatus>('/api/v1/reports/credentials', {}, signal),
})

export const unlockVault = (password: string) => call<void>('post', '/api/v1/vault/unlock', {}, { password })
export const lockVault = () => call<unknown>('post', '/api/v1/vault/lock')
