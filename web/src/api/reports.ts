import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { get, type Schemas } from './client'
import { selection } from './devices'
import { moment } from './moment'
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

/** A report that is kept under a name. */
export type Report = Schemas['NamedReport']
export type ReportRow = Record<string, unknown>

export const reportRows: RowsQuery<Report> = {
  key: ['reports'],
  page: (_cursor, _limit, signal) => get('/api/v1/reports/own', {}, signal),
}

/** What it says, now or at a time. */
export const reportQuery = (name: string, at?: string) =>
  queryOptions({
    queryKey: ['report', name, at],
    queryFn: async ({ signal }) => {
      const said = await get('/api/v1/reports/own/{name}', { path: { name }, query: { at: moment(at) } }, signal)
      return { ...said, rows: said.rows as ReportRow[] }
    },
  })
