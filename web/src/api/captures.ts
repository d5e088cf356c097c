import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { Rows } from '../ui/useRows'
import { get } from './client'
import type { CaptureView, Evidence, SearchHit } from './types'

interface CaptureText {
  device: string
  capture: CaptureView
  text: string
}

/** What the device said, secrets masked. A capture never becomes another one. */
export const captureQuery = (id: number) =>
  queryOptions({
    queryKey: ['capture', id],
    queryFn: ({ signal }) => captureOf(id, signal),
    staleTime: 60_000,
  })

const captureOf = (id: number, signal?: AbortSignal) =>
  get<CaptureText>('/api/v1/captures/{id}', { path: { id } }, signal)

/** Two captures, to be set side by side. */
export const capturePair = (before: number, after: number) =>
  queryOptions({
    queryKey: ['captures', before, after],
    queryFn: ({ signal }) => Promise.all([captureOf(before, signal), captureOf(after, signal)]),
    staleTime: Infinity,
  })

/** Every version of what a device said to one command, the newest first. */
export const versionsQuery = (device: string, type: string) =>
  queryOptions({
    queryKey: ['versions', device, type],
    queryFn: ({ signal }) =>
      get<Rows<CaptureView>>(
        '/api/v1/devices/{reference}/captures',
        { path: { reference: device }, query: { type } },
        signal,
      ),
    enabled: device !== '',
  })

/** The latest good capture of each device of one type. */
export const latestQuery = (type: string) =>
  queryOptions({
    queryKey: ['captures', type],
    queryFn: ({ signal }) => get<Rows<DeviceCapture>>('/api/v1/captures', { query: { type } }, signal),
  })

export interface DeviceCapture extends CaptureView {
  device: string
}

/** The lines that prove a fact. */
export async function proofOf({ capture, first_line, last_line }: Evidence): Promise<string[]> {
  const proof = await get<{ text: string }>('/api/v1/captures/{id}/lines', {
    path: { id: capture },
    query: { first_line, last_line },
  })
  return proof.text.replace(/\n$/, '').split('\n')
}

export interface Found {
  items: SearchHit[]
  summary: { captures_searched: number; bytes_searched: number; captures_unreadable: number; limit_reached: boolean }
}

export const searchQuery = (state: UrlState) =>
  queryOptions({
    queryKey: ['search', state],
    queryFn: async ({ signal }) => {
      const query = {
        q: state.q,
        types: state.types,
        select: state.devices,
        ignore_case: state.ignore_case === 'true',
        history: state.history === 'true',
        context: 1,
      }
      return get<Found>('/api/v1/search', { query }, signal)
    },
  })
