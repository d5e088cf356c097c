import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { call, get, type Schemas } from './client'

export type NoteView = Schemas['NoteView']
export type NewNote = Schemas['NewNote']

export const noteRows = ({ q, device, site }: UrlState): RowsQuery<NoteView> => ({
  key: ['notes', { q, device, site }],
  page: (_cursor, _limit, signal) => get('/api/v1/notes', { query: { search: q, device, site } }, signal),
})

export const addNote = (note: NewNote) => call('post', '/api/v1/notes', {}, note)

/** Only the version that was seen is changed. */
export const editNote = ({ id, version }: { id: number; version: number }, change: { title: string; body: string }) =>
  call('patch', '/api/v1/notes/{id}', { path: { id }, header: { 'If-Match': `"${version}"` } }, change)

export const deleteNote = (id: number) => call('delete', '/api/v1/notes/{id}', { path: { id } })
