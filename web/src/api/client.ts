import createClient from 'openapi-fetch'
import { Problem } from '../ui/Problem'
import type { components, paths } from './schema'

/** The server's own words, by name. */
export type Schemas = components['schemas']

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Paths that answer to a method. */
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: object } ? P : never
}[keyof paths]

type Operation<M extends Method, P extends keyof paths> = paths[P] extends { [K in M]: infer O } ? O : never

/** What is put into a path, behind its question mark and into the head. What is undefined is left out. */
type ParamsOf<O> = O extends { parameters: infer A } ? Pick<A, keyof A & ('path' | 'query' | 'header')> : object

type BodyOf<O> = O extends { requestBody?: { content: { 'application/json': infer B } } } ? B : undefined

type Content<R> = R extends { content: infer C } ? C[keyof C] : undefined

/** What is answered when all went well. */
type AnswerOf<O> = O extends { responses: infer R } ? Content<R[keyof R & (200 | 201 | 202 | 204)]> : never

export type Body<M extends Method, P extends PathOf<M>> = BodyOf<Operation<M, P>>

/** The header says that a page of ours asks; a page of another site cannot send it. */
const client = createClient<Record<string, Record<string, unknown>>>({
  baseUrl: globalThis.location?.origin,
  headers: { 'x-velocity': '1' },
  fetch: (request) => globalThis.fetch(request),
})

export async function call<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  params: ParamsOf<Operation<M, P>> = {} as never,
  body?: Body<M, P>,
  signal?: AbortSignal,
): Promise<AnswerOf<Operation<M, P>>> {
  return (await ask(method, path as string, { params, body, signal })) as AnswerOf<Operation<M, P>>
}

export const get = <P extends PathOf<'get'>>(path: P, params?: ParamsOf<Operation<'get', P>>, signal?: AbortSignal) =>
  call('get', path, params, undefined, signal)

/** Text as it is, for what is not JSON. */
export async function text<P extends PathOf<'get'>>(
  path: P,
  params?: ParamsOf<Operation<'get', P>>,
  signal?: AbortSignal,
): Promise<string> {
  return String(await ask('get', path as string, { params, parseAs: 'text', signal }))
}

/** The same for what is asked with a body. */
export async function postText<P extends PathOf<'post'>>(path: P, body: Body<'post', P>): Promise<string> {
  return String(await ask('post', path as string, { body, parseAs: 'text' }))
}

/** A file as it is. */
export async function file<P extends PathOf<'get'>>(path: P, params?: ParamsOf<Operation<'get', P>>): Promise<Blob> {
  return (await ask('get', path as string, { params, parseAs: 'blob' })) as Blob
}

async function ask(method: Method, path: string, init: object): Promise<unknown> {
  const { data, error, response } = await client.request(method as never, path as never, init as never)
  if (!response.ok) throw problemOf(error, response)
  return data
}

function problemOf(error: unknown, response: Response): Problem {
  const told = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const title = typeof told.title === 'string' ? told.title : `The server answered ${response.status}`
  const detail =
    typeof told.detail === 'string' ? told.detail : typeof error === 'string' ? error.slice(0, 300) : undefined
  return new Problem(response.status, title.charAt(0).toUpperCase() + title.slice(1), detail, String(told.type ?? ''))
}
