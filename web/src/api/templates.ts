import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { call, get, postText, type Schemas } from './client'

export type Template = Schemas['TemplateView']
/** Rows by field: a text, or a list of texts. */
export type ReadText = Omit<Schemas['ReadText'], 'rows'> & { rows: Record<string, unknown>[] }
export type Candidate = Schemas['CandidateView']
/** A text or a capture, and which templates read it; without a name they are found. */
export type ParseText = Schemas['ParseText']

export const templateRows = ({ q, from }: UrlState): RowsQuery<Template> => ({
  key: ['templates', { q, from }],
  page: (_cursor, _limit, signal) => get('/api/v1/templates', { query: { search: q, from } }, signal),
})

/** Names of all templates, to choose from. */
export const templateNames = queryOptions({
  queryKey: ['templates', 'names'],
  queryFn: async ({ signal }) => (await get('/api/v1/templates', {}, signal)).items.map((t) => t.name),
  staleTime: 60_000,
})

export const templateQuery = (name: string) =>
  queryOptions({
    queryKey: ['template', name],
    queryFn: ({ signal }) => get('/api/v1/templates/{name}', { path: { name } }, signal),
    enabled: name !== '',
  })

export const addTemplate = (name: string, source: string) => call('post', '/api/v1/templates', {}, { name, source })

export const editTemplate = (name: string, source: string) =>
  call('put', '/api/v1/templates/{name}', { path: { name } }, { source })

export const deleteTemplate = (name: string) => call('delete', '/api/v1/templates/{name}', { path: { name } })

/** A template that is being written, tried on a text. */
export const tryQuery = (source: string, text: string) =>
  queryOptions({
    queryKey: ['try-template', source, text],
    queryFn: ({ signal }) => call('post', '/api/v1/templates/test', {}, { source, text }, signal),
    enabled: source.trim() !== '' && text !== '',
  })

export const detectQuery = (of: ParseText, top = 8) =>
  queryOptions({
    queryKey: ['detect', of, top],
    queryFn: ({ signal }) => call('post', '/api/v1/templates/detect', {}, { of, top }, signal),
    enabled: Boolean(of.text || of.capture),
  })

export const readQuery = (of: ParseText) =>
  queryOptions({
    queryKey: ['read', of],
    queryFn: ({ signal }) => call('post', '/api/v1/templates/parse', {}, of, signal),
    enabled: Boolean(of.text || of.capture),
  })

/** A capture by the template of its command, else by the one that fits its text. */
export async function readCapture(
  { id: capture, platform, command }: { id: number; platform: string; command: string },
  signal?: AbortSignal,
): Promise<ReadText> {
  const read = (of: ParseText) => call('post', '/api/v1/templates/parse', {}, of, signal)
  const known = await read({ capture, platform, command })
  return known.problem ? read({ capture }) : known
}

/** What was read as a file, as the server writes it. */
export const readFile = (of: ParseText, format: 'csv' | 'json', withoutHeader: boolean, source: string) =>
  postText('/api/v1/templates/export', { of, format, without_header: withoutHeader, source })
