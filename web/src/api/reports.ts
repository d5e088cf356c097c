import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { get } from './client'
import { selection } from './devices'
import type { CryptoView, OsVersionView } from './types'

export const coverageQuery = (state: UrlState) => {
  const query = { select: selection(state), types: state.types }
  return queryOptions({
    queryKey: ['coverage', query],
    queryFn: ({ signal }) => get('/api/v1/reports/coverage', { query }, signal),
  })
}

export const versionRows = (state: UrlState): RowsQuery<OsVersionView> => {
  const query = { select: selection(state) }
  return {
    key: ['os-versions', query],
    page: (_cursor, _limit, signal) => get('/api/v1/reports/os-versions', { query }, signal),
  }
}

export const cryptoRows: RowsQuery<CryptoView> = {
  key: ['crypto'],
  page: (_cursor, _limit, signal) => get('/api/v1/reports/crypto', {}, signal),
}
