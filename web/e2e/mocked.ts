import type { Page } from '@playwright/test'
import { fits } from '../mock/fits'

/** Answers what a page asks out of `answers`, in a real browser. */
export async function serve(page: Page, answers: Record<string, unknown>) {
  await page.route('**/api/**', async (route) => {
    const request = route.request()
    const { pathname } = new URL(request.url())
    if (pathname === '/api/v1/events') return route.fulfill({ contentType: 'text/event-stream', body: '\n' })
    const key = Object.keys(answers).find((k) => fits(k, request.method(), pathname))
    if (!key) return route.fulfill({ status: 501, json: { title: 'Not in the mock', detail: pathname } })
    const answer = answers[key]
    if (typeof answer === 'string') return route.fulfill({ contentType: 'text/plain', body: answer })
    return route.fulfill({ json: answer })
  })
}
