import { queryOptions } from '@tanstack/react-query'
import type { Rows, RowsQuery } from '../ui/useRows'
import { get } from './client'
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
