import { queryOptions } from '@tanstack/react-query'
import { get } from './client'
import { moment } from './moment'

/** By which route each device sends to an address. */
export const routeQuery = (to: string, at?: string, limit = 50) =>
  queryOptions({
    queryKey: ['route-lookup', to, at, limit],
    queryFn: async ({ signal }) => {
      const page = await get('/api/v1/route-lookup', { query: { to, at: moment(at), limit } }, signal)
      return page.items
    },
  })

export const findQuery = (q: string, at?: string, limit = 50) =>
  queryOptions({
    queryKey: ['find', q, at, limit],
    queryFn: ({ signal }) => get('/api/v1/find', { query: { q, at: moment(at), limit } }, signal),
  })
