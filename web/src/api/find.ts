import { queryOptions } from '@tanstack/react-query'
import { get } from './client'
import { moment } from './moment'

export const findQuery = (q: string, at?: string, limit = 50) =>
  queryOptions({
    queryKey: ['find', q, at, limit],
    queryFn: ({ signal }) => get('/api/v1/find', { query: { q, at: moment(at), limit } }, signal),
  })
