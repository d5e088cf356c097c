import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { call, get, type Schemas } from './client'

/** Kinds of records that people keep, by the word of the API. */
export type KeptKind =
  | 'sites'
  | 'locations'
  | 'platforms'
  | 'roles'
  | 'manufacturers'
  | 'device-types'
  | 'tags'
  | 'devices'
  | 'notifications/channels'
  | 'notifications/rules'

/** What records name: each other, and credentials of the vault. */
export type NamedKind = KeptKind | 'credentials'

/** A record that people keep: a site, a role, a platform … Its fields are data. */
export type Kept = Schemas['Record'] & Record<string, unknown>
export type RecordEdit = Schemas['RecordEdit']
export type Written = Schemas['Written']
export type Deleted = Schemas['Deleted']

export const objectRows = (kind: KeptKind, { q, status }: UrlState): RowsQuery<Kept> => {
  const query = { name: q && `*${q}*`, status }
  return {
    key: ['objects', kind, query],
    // Devices have a list of their own; all other kinds answer alike.
    page: (cursor, limit, signal) => get(`/api/v1/${kind as 'sites'}`, { query: { ...query, cursor, limit } }, signal),
  }
}

export const addObject = (kind: KeptKind, edit: RecordEdit) => call('post', `/api/v1/${kind}`, {}, edit)

/** Only the version that was seen is changed. */
export const editObject = (kind: KeptKind, { id, version }: { id: number; version: number }, edit: RecordEdit) =>
  call(
    'patch',
    `/api/v1/${kind}/{reference}`,
    { path: { reference: String(id) }, header: { 'If-Match': `"${version}"` } },
    edit,
  )

/** What deleting takes with it; without `dryRun` it is done. */
export const deleteObject = (kind: KeptKind, id: number, dryRun: boolean) =>
  call('delete', `/api/v1/${kind}/{reference}`, { path: { reference: String(id) }, query: { dry_run: dryRun } })

export const undo = (id: number) => call('post', '/api/v1/undo/{id}', { path: { id } })

/** Names of all records of a kind, to choose from. */
export const namesQuery = (kind: NamedKind) =>
  queryOptions({
    queryKey: ['names', kind],
    queryFn: async ({ signal }) => {
      const { items } = await get(`/api/v1/${kind as 'sites'}`, { query: { limit: 1000 } }, signal)
      return (items as Kept[]).map((row) => String(row.slug ?? row.name))
    },
  })
