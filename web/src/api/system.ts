import { queryOptions } from '@tanstack/react-query'
import type { RowsQuery } from '../ui/useRows'
import { call, get, type Schemas } from './client'

export type Settings = Schemas['SettingsView']
export type Finding = Schemas['Finding']
export type UndoRecord = Schemas['UndoRecord']
export type Notification = Schemas['Notification']

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: ({ signal }) => get('/api/v1/about', {}, signal),
})

export const findingRows: RowsQuery<Finding> = {
  key: ['findings'],
  page: (_cursor, _limit, signal) => get('/api/v1/health', {}, signal),
}

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => get('/api/v1/settings', {}, signal),
})

/** Checked, and written unless `dryRun`; only over the version that was seen. */
export const writeSettings = (text: string, version: string, dryRun: boolean) =>
  call('put', '/api/v1/settings', { query: { dry_run: dryRun }, header: { 'If-Match': `"${version}"` } }, { text })

export const undoRows: RowsQuery<UndoRecord> = {
  key: ['undo'],
  page: (_cursor, limit, signal) => get('/api/v1/undo', { query: { limit } }, signal),
}

export const notificationRows = (state: string | undefined): RowsQuery<Notification> => ({
  key: ['notifications', state],
  page: (_cursor, limit, signal) => get('/api/v1/notifications', { query: { state, limit } }, signal),
})

export const testChannel = (reference: string) =>
  call('post', '/api/v1/notifications/channels/{reference}/test', { path: { reference } })
