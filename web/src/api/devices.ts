import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { get } from './client'
import type { Device } from './types'

/** Words of the URL that are conditions of a selection, as `site=fra,role=leaf`. */
const CONDITIONS = [
  'site',
  'role',
  'platform',
  'status',
  'credential',
  'vendor',
  'model',
  'version',
  'tag',
  'name',
] as const

export function selection(state: UrlState): string | undefined {
  const parts = CONDITIONS.filter((word) => state[word]).map((word) => `${word}=${state[word]}`)
  return parts.length > 0 ? parts.join(',') : undefined
}

export function deviceRows(state: UrlState): RowsQuery<Device> {
  const query = { select: selection(state), search: state.q, sort: state.sort, at: state.at }
  return {
    key: ['devices', query],
    page: (cursor, limit, signal) => get('/api/v1/devices', { query: { ...query, cursor, limit } }, signal),
  }
}

/** Its links, seen from it. */
export const deviceLinksQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device, 'links'],
    queryFn: async ({ signal }) => {
      const page = await get('/api/v1/devices/{reference}/links', { path: { reference: device } }, signal)
      return page.items
    },
  })

export const deviceQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device],
    queryFn: ({ signal }) => get('/api/v1/devices/{reference}', { path: { reference: device } }, signal),
  })
