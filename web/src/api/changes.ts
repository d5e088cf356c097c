import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { Rows, RowsQuery } from '../ui/useRows'
import { get } from './client'
import { moment } from './moment'
import type { ChangeView } from './types'

export function changeRows(state: UrlState): RowsQuery<ChangeView> {
  const { device, severity, by, type, since } = state
  return {
    key: ['changes', { device, severity, by, type, since }],
    page: (cursor, limit, signal) =>
      get<Rows<ChangeView>>(
        '/api/v1/changes',
        { query: { select: device, severity, by, type, since: moment(since), cursor, limit } },
        signal,
      ),
  }
}

export const changeQuery = (id: number) =>
  queryOptions({
    queryKey: ['change', id],
    queryFn: ({ signal }) => get<ChangeView>('/api/v1/changes/{id}', { path: { id } }, signal),
  })
