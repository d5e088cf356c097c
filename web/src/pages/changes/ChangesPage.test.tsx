import { mockApi } from '@mock/api'
import { change, evidence, frame, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

test('changes are filtered by the URL, and their time is one for the server', async () => {
  const seen = mockApi({ ...frame, 'GET /api/v1/changes': rows([change(1), change(2, { severity: 'critical' })]) })
  renderApp('/changes?severity=moderate&since=24h+ago')
  const table = await screen.findByRole('grid', { name: 'Changes' })
  expect(await within(table).findByText('✗ critical')).toBeDefined()
  const query = new URL(seen.find((r) => r.url.includes('/changes'))?.url ?? '').searchParams
  expect(query.get('severity')).toBe('moderate')
  expect(query.get('since')).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
})

test('a change of facts shows before and after, each with its proof', async () => {
  const things = [
    {
      subject: 'Ethernet7',
      action: 'changed' as const,
      before: 'up',
      after: 'down',
      old: evidence(),
      new: evidence({ capture: 6 }),
    },
  ]
  mockApi({
    ...frame,
    'GET /api/v1/changes/{id}': change(3, { type: 'interfaces', summary: 'Ethernet7 went down', things }),
  })
  renderApp('/changes/3')
  expect(await screen.findByRole('heading', { name: 'leaf-1: Ethernet7 went down' })).toBeDefined()
  expect(screen.getByRole('button', { name: 'Evidence of Ethernet7 before' })).toBeDefined()
  expect(screen.getByRole('button', { name: 'Evidence of Ethernet7 after' })).toBeDefined()
})
