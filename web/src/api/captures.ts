import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import { get, text } from './client'
import type { CaptureView, Evidence, SearchHit } from './types'

export const captureQuery = (id: number) =>
  queryOptions({
    queryKey: ['capture', id],
    queryFn: ({ signal }) => get<CaptureView & { device: string }>('/api/v1/captures/{id}', { path: { id } }, signal),
  })

/** What the device said, secrets masked. */
export const captureText = (id: number) =>
  queryOptions({
    queryKey: ['capture', id, 'text'],
    queryFn: ({ signal }) => text('/api/v1/captures/{id}/text', { path: { id } }, signal),
    staleTime: Infinity,
  })

/** Two captures, to be set side by side. */
export const capturePair = (before: number, after: number) =>
  queryOptions({
    queryKey: ['captures', before, after],
    queryFn: async ({ signal }) =>
      (await Promise.all(
        [before, after].map((id) => text('/api/v1/captures/{id}/text', { path: { id } }, signal)),
      )) as [string, string],
    staleTime: Infinity,
  })

/** The lines that prove a fact. */
export async function proofOf({ capture, first_line, last_line }: Evidence): Promise<string[]> {
  const whole = await text('/api/v1/captures/{id}/text', { path: { id: capture } })
  return whole.split('\n').slice(first_line - 1, last_line)
}

export const searchQuery = (state: UrlState) =>
  queryOptions({
    queryKey: ['search', state],
    queryFn: async ({ signal }) => {
      const query = {
        pattern: state.q,
        types: state.types,
        devices: state.devices,
        ignore_case: state.ignore_case === 'true',
        history: state.history === 'true',
        context: 1,
      }
      return (await get<{ items: SearchHit[] }>('/api/v1/search', { query }, signal)).items
    },
  })
