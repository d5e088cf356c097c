import type { RowsQuery } from '../ui/useRows'
import { call, get, type Schemas } from './client'
import { once } from './runs'

export type Batch = Schemas['BatchView']
export type BatchDraft = Schemas['Batch']

export const batchRows: RowsQuery<Batch> = {
  key: ['batches'],
  page: (_cursor, _limit, signal) => get('/api/v1/batches', {}, signal),
}

export const addBatch = (batch: BatchDraft) => call('post', '/api/v1/batches', {}, batch)

export const editBatch = (slug: string, batch: BatchDraft) =>
  call('put', '/api/v1/batches/{batch}', { path: { batch: slug } }, batch)

export const deleteBatch = (slug: string) => call('delete', '/api/v1/batches/{batch}', { path: { batch: slug } })

export const runBatch = (slug: string, asked: Schemas['RunBatch'], key: string) =>
  call('post', '/api/v1/batches/{batch}/run', { path: { batch: slug }, ...once(key) }, asked)
