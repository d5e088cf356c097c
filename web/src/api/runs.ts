import { queryOptions } from '@tanstack/react-query'
import type { Rows, RowsQuery } from '../ui/useRows'
import { call, get } from './client'
import type { ItemView, RunView } from './types'

export interface Execution extends RunView {
  devices: ItemView[]
}

export const runRows = (): RowsQuery<RunView> => ({
  key: ['executions'],
  page: (cursor, limit, signal) => get<Rows<RunView>>('/api/v1/executions', { query: { cursor, limit } }, signal),
})

export const runQuery = (id: string | number) =>
  queryOptions({
    queryKey: ['execution', String(id)],
    queryFn: ({ signal }) => get<Execution>('/api/v1/executions/{id}', { path: { id } }, signal),
    // A run of another process tells no events here.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 3000 : false),
  })

/** The event stream of one run. */
export const eventsUrl = (run: string | number) => `/api/v1/events?run=${run}`

/** As whom devices are asked; by what the unlocked vault holds when nothing is said. */
export interface AsWhom {
  username?: string
  password?: string
  enable?: string
  credentials?: string[]
}

export interface DiscoveryAsked {
  seeds: string[]
  depth?: number
  only: string[]
  exclude: string[]
  via: 'ssh' | 'snmp' | 'both'
  as_whom: AsWhom
  pace: { concurrency: number }
}

export interface CollectionAsked {
  select?: string
  types: string[]
  as_whom: AsWhom
  pace: { concurrency: number }
}

/** The devices that a collection would visit, and what it can ask each. */
export interface Plan {
  types: string[]
  devices: { id: number; name: string; address: string; platform: string; types: string[]; unsupported: string[] }[]
}

interface Started {
  id: number
}

/** The same key again starts nothing, so a second click or a lost answer does no harm. */
const once = (key: string) => ({ header: { 'Idempotency-Key': key } })

export const startDiscovery = (asked: DiscoveryAsked, key: string) =>
  call<Started>('post', '/api/v1/discoveries', once(key), asked)

export const startCollection = (asked: CollectionAsked, key: string) =>
  call<Started>('post', '/api/v1/collections', once(key), asked)

export const planQuery = (select: string | undefined, types: string[]) =>
  queryOptions({
    queryKey: ['plan', select, types],
    queryFn: ({ signal }) => call<Plan>('post', '/api/v1/collections/plan', {}, { select, types }, signal),
  })

export const cancelRun = (id: number | string) =>
  call<unknown>('post', '/api/v1/executions/{id}/cancel', { path: { id } })

export const retryRun = (id: number | string, asWhom: AsWhom) =>
  call<Started>('post', '/api/v1/executions/{id}/retry', { path: { id } }, { as_whom: asWhom })

/** A word that nobody else has; also where the page came without TLS. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}
