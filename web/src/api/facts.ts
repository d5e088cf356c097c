import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { get } from './client'
import { moment } from './moment'
import type { FactView } from './types'

/** Facts of one kind: `arp`, `mac`, `routes`, `interfaces` … */
export function factRows(kind: string, { q, device, at }: UrlState): RowsQuery<FactView> {
  return {
    key: ['facts', kind, { q, device, at }],
    page: (cursor, limit, signal) =>
      get(
        '/api/v1/facts/{kind}',
        { path: { kind }, query: { search: q, device, at: moment(at), cursor, limit } },
        signal,
      ),
  }
}
