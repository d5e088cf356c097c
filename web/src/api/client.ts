import createClient from 'openapi-fetch'
import { Problem } from '../ui/Problem'

/** What is put into a path and behind its question mark. What is undefined is left out. */
export interface Params {
  path?: Record<string, string | number>
  query?: Record<string, string | number | boolean | undefined>
  header?: Record<string, string>
}

/** The header says that a page of ours asks; a page of another site cannot send it. */
const client = createClient<Record<string, Record<string, unknown>>>({
  baseUrl: globalThis.location?.origin,
  headers: { 'x-velocity': '1' },
  fetch: (request) => globalThis.fetch(request),
})

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export async function call<T>(
  method: Method,
  path: string,
  params: Params = {},
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const { data, error, response } = await client.request(
    method as never,
    path as never,
    { params, body, signal } as never,
  )
  if (!response.ok) throw problemOf(error, response)
  return data as T
}

export const get = <T>(path: string, params?: Params, signal?: AbortSignal) =>
  call<T>('get', path, params, undefined, signal)

/** Text as it is, for what is not JSON. */
export async function text(path: string, params: Params = {}, signal?: AbortSignal): Promise<string> {
  const { data, error, response } = await client.request(
    'get' as never,
    path as never,
    { params, parseAs: 'text', signal } as never,
  )
  if (!response.ok) throw problemOf(error, response)
  return String(data)
}

function problemOf(error: unknown, response: Response): Problem {
  const told = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const title = typeof told.title === 'string' ? told.title : `The server answered ${response.status}`
  const detail =
    typeof told.detail === 'string' ? told.detail : typeof error === 'string' ? error.slice(0, 300) : undefined
  return new Problem(response.status, title.charAt(0).toUpperCase() + title.slice(1), detail, String(told.type ?? ''))
}
