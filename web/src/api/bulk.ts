import { call, type Schemas } from './client'
import type { RecordEdit } from './objects'

export type Edited = Schemas['Edited']

/** What many devices are to become; with `dry_run` in the edit, what they would. */
export const editDevices = (select: string, edit: RecordEdit) =>
  call('post', '/api/v1/devices/bulk-edit', {}, { select, edit })

export const deleteDevices = (select: string, dryRun: boolean) =>
  call('post', '/api/v1/devices/bulk-delete', {}, { select, dry_run: dryRun })
