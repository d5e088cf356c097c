import { mockApi } from '@mock/api'
import { frame, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'

const fra = { id: 3, version: 4, devices: 12, name: 'fra', slug: 'fra', status: 'active', region: 'emea' }

test('only what was changed is sent, for the version that was seen', async () => {
  const seen = mockApi({
    ...frame,
    'GET /api/v1/sites': rows([fra]),
    'PATCH /api/v1/sites/{reference}': { dry_run: false, undo: 7 },
    'POST /api/v1/undo/{id}': {},
  })
  const { user } = renderApp('/inventory/sites')
  await user.click(await screen.findByRole('button', { name: 'fra' }))
  const region = await screen.findByLabelText('Region')
  await user.clear(region)
  await user.type(region, 'europe')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(seen.some((r) => r.method === 'PATCH')).toBe(true))
  const sent = seen.find((r) => r.method === 'PATCH')
  expect(sent?.headers.get('if-match')).toBe('"4"')
  expect(await sent?.json()).toEqual({ set: { region: 'europe' } })
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(seen.some((r) => r.url.endsWith('/api/v1/undo/7'))).toBe(true))
})

test('before something is deleted, what hangs on it is shown; saying no deletes nothing', async () => {
  const deletions = [{ name: 'fra', dependents: [{ what: 'devices', count: 12, fate: 'cleared' }] }]
  const seen = mockApi({
    ...frame,
    'GET /api/v1/sites': rows([fra]),
    'DELETE /api/v1/sites/{reference}': { deletions, written: { dry_run: true, undo: null } },
  })
  const { user } = renderApp('/inventory/sites')
  await user.click(await screen.findByRole('button', { name: 'fra' }))
  await user.click(await screen.findByRole('button', { name: 'Delete…' }))
  expect(await screen.findByText('12 devices: cleared')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  const deleted = seen.filter((r) => r.method === 'DELETE').map((r) => new URL(r.url).searchParams.get('dry_run'))
  expect(deleted).toEqual(['true'])
})
