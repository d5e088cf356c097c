import { vi } from 'vitest'
import { fits } from './fits'

/** An answer, or what makes one of the request. */
type Answer = unknown | ((request: Request) => unknown)

/** An answer that is no 200. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

export const refused = (status: number, title: string, detail: string, kind = 'urn:velocity:failed') =>
  new Refusal(status, { type: kind, title, status, detail })

/**
 * The server for a test: `GET /api/v1/devices/{device}` and what it answers. What is asked and not here fails the test by
 * a 501 that names it. Gives the requests that came.
 */
export function mockApi(answers: Record<string, Answer>): Request[] {
  const seen: Request[] = []
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    seen.push(request.clone() as Request)
    return respond(await answerOf(answers, request))
  })
  return seen
}

async function answerOf(answers: Record<string, Answer>, request: Request): Promise<unknown> {
  const { pathname } = new URL(request.url)
  const key = Object.keys(answers).find((k) => fits(k, request.method, pathname))
  if (!key) return refused(501, 'Not in the mock', `${request.method} ${pathname}`)
  const answer = answers[key]
  return typeof answer === 'function' ? await answer(request) : answer
}

function respond(answer: unknown): Response {
  if (answer instanceof Refusal) return json(answer.status, answer.body)
  if (answer === undefined) return new Response(null, { status: 204 })
  if (typeof answer === 'string') return new Response(answer, { headers: { 'content-type': 'text/plain' } })
  return json(200, answer)
}

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
