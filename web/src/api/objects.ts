import type { UrlState } from '../ui/urlState'
import type { Rows, RowsQuery } from '../ui/useRows'
import { call, get } from './client'

/** A record that people keep: a site, a role, a platform … Its fields are data. */
export interface Kept {
  id: number
  version: number
  devices?: number | null
  tags?: string[] | null
  [field: string]: unknown
}

export interface Dependent {
  what: string
  count: number
  /** What becomes of them: `deleted`, `emptied` … */
  fate: string
}

interface Written {
  dry_run: boolean
  undo: number | null
}

export interface Deleted {
  deletions: { name: string; dependents: Dependent[] }[]
  written: Written
}

export const objectRows = (kind: string, { q, status }: UrlState): RowsQuery<Kept> => {
  const query = { name: q && `*${q}*`, status }
  return {
    key: ['objects', kind, query],
    page: (cursor, limit, signal) => get<Rows<Kept>>(`/api/v1/${kind}`, { query: { ...query, cursor, limit } }, signal),
  }
}

type Fields = Record<string, string | null>

export const addObject = (kind: string, set: Fields) => call<Written>('post', `/api/v1/${kind}`, {}, { set })

/** Only the version that was seen is changed. */
export const editObject = (kind: string, { id, version }: Kept, set: Fields) =>
  call<Written>(
    'patch',
    `/api/v1/${kind}/{reference}`,
    { path: { reference: id }, header: { 'If-Match': `"${version}"` } },
    { set },
  )

/** What deleting takes with it; without `dryRun` it is done. */
export const deleteObject = (kind: string, id: number, dryRun: boolean) =>
  call<Deleted>('delete', `/api/v1/${kind}/{reference}`, { path: { reference: id }, query: { dry_run: dryRun } })

export const undo = (id: number) => call<unknown>('post', '/api/v1/undo/{id}', { path: { id } })
