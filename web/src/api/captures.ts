import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import { get, type Schemas } from './client'
import type { Evidence, SearchHit } from './types'

/** What the device said, secrets masked. A capture never becomes another one. */
export const captureQuery = (id: number) =>
  queryOptions({
    queryKey: ['capture', id],
    queryFn: ({ signal }) => captureOf(id, signal),
    staleTime: 60_000,
  })

const captureOf = (id: number, signal?: AbortSignal) => get('/api/v1/captures/{id}', { path: { id } }, signal)

/** Two captures, to be set side by side. */
export const capturePair = (before: number, after: number) =>
  queryOptions({
    queryKey: ['captures', before, after],
    queryFn: ({ signal }) => Promise.all([captureOf(before, signal), captureOf(after, signal)]),
    staleTime: Infinity,
  })

export type BlamedLine = Schemas['BlamedLine']

/** Since when each line of the latest capture has been as it is. */
export const blameQuery = (device: string, type: string) =>
  queryOptions({
    queryKey: ['blame', device, type],
    queryFn: ({ signal }) =>
      get(
        '/api/v1/devices/{reference}/captures/{capture_type}/blame',
        { path: { reference: device, capture_type: type } },
        signal,
      ),
  })

/** Every version of what a device said to one command, the newest first. */
export const versionsQuery = (device: string, type: string) =>
  queryOptions({
    queryKey: ['versions', device, type],
    queryFn: ({ signal }) =>
      get('/api/v1/devices/{reference}/captures', { path: { reference: device }, query: { type } }, signal),
    enabled: device !== '',
  })

/** The latest good capture of each device of one type. */
export const latestQuery = (type: string) =>
  queryOptions({
    queryKey: ['captures', type],
    queryFn: ({ signal }) => get('/api/v1/captures', { query: { type } }, signal),
  })

export type DeviceCapture = Schemas['DeviceCapture']

/** The lines that prove a fact. */
export async function proofOf({ capture, first_line, last_line }: Evidence): Promise<string[]> {
  const proof = await get('/api/v1/captures/{id}/lines', {
    path: { id: capture },
    query: { first_line, last_line },
  })
  return proof.text.replace(/\n$/, '').split('\n')
}

export type Found = Omit<Schemas['Found'], 'items'> & { items: SearchHit[] }

export const searchQuery = (state: UrlState) =>
  queryOptions({
    queryKey: ['search', state],
    queryFn: async ({ signal }): Promise<Found> => {
      const query = {
        q: state.q ?? '',
        types: state.types,
        select: state.devices,
        ignore_case: state.ignore_case === 'true',
        history: state.history === 'true',
        context: 1,
      }
      // Without `count` every hit is a line.
      return (await get('/api/v1/search', { query }, signal)) as Found
    },
  })
