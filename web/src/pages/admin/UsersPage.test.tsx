import { mockApi } from '@mock/api'
import { AT, frame, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'

const bob = {
  id: 2,
  name: 'bob',
  role: 'viewer',
  must_change: false,
  sites: [{ site: 'ger', name: 'Germany', role: 'approver' }],
  disabled_at: null,
  created_at: AT,
  last_login_at: null,
  version: 4,
}

test('roles at single sites are saved together, over the version that was seen', async () => {
  const seen = mockApi({
    ...frame,
    'GET /api/v1/users': rows([bob]),
    'GET /api/v1/sites': rows([
      { id: 1, version: 1, slug: 'fra', name: 'Frankfurt' },
      { id: 2, version: 1, slug: 'ger', name: 'Germany' },
    ]),
    'PATCH /api/v1/users/{name}': { ...bob, sites: [] },
  })
  const { user } = renderApp('/users')
  expect(await screen.findByText('approver at Germany')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'bob' }))
  const panel = await screen.findByRole('dialog', { name: 'bob' })
  const save = within(panel).getByRole('button', { name: 'Save roles at sites' })
  expect(save).toHaveProperty('disabled', true)
  await user.click(within(panel).getByRole('combobox', { name: 'Site' }))
  await user.click(await screen.findByRole('option', { name: 'fra' }))
  await user.click(within(panel).getByRole('button', { name: 'Add' }))
  await user.click(save)
  await waitFor(() => expect(seen.some((r) => r.method === 'PATCH')).toBe(true))
  const sent = seen.find((r) => r.method === 'PATCH')
  expect(sent?.headers.get('if-match')).toBe('"4"')
  expect(await sent?.json()).toEqual({
    sites: [
      { site: 'ger', role: 'approver' },
      { site: 'fra', role: 'operator' },
    ],
  })
})
