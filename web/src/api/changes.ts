import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { get } from './client'
import { moment } from './moment'
import type { ChangeView, Severity } from './types'

export function changeRows(state: UrlState): RowsQuery<ChangeView> {
  const { device, severity, by, type, since } = state
  return {
    key: ['changes', { device, severity, by, type, since }],
    page: (cursor, limit, signal) =>
      get(
        '/api/v1/changes',
        {
          query: {
            select: device,
            severity: severity as Severity | undefined,
            by,
            type,
            since: moment(since),
            cursor,
            limit,
          },
        },
        signal,
      ),
  }
}

export const changeQuery = (id: number) =>
  queryOptions({
    queryKey: ['change', id],
    queryFn: ({ signal }) => get('/api/v1/changes/{id}', { path: { id } }, signal),
  })
