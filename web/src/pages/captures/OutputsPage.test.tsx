import { mockApi } from '@mock/api'
import { AT, figures, frame, readText, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

const capture = (id: number, device: string, platform: string) => ({
  id,
  device,
  capture_type: 'arp',
  command: 'show ip arp',
  platform,
  version: 1,
  size: 900,
  content_hash: '0'.repeat(64),
  first_seen: AT,
  last_seen: AT,
  completeness: { state: 'complete' },
  facts: 3,
  parsed: 'parsed',
  message: null,
})

test('several outputs are read together, each by what fits it', async () => {
  const asked: unknown[] = []
  mockApi({
    ...frame,
    'GET /api/v1/dashboard': figures({ captures: [{ capture_type: 'arp', devices: 2 }] as never }),
    'GET /api/v1/captures': rows([capture(1, 'leaf-1', 'arista_eos'), capture(2, 'door-1', 'unheard_of')]),
    'POST /api/v1/templates/parse': async (request: Request) => {
      const of = await request.json()
      asked.push(of)
      const problem = { of: 'template', message: 'no template reads it' } as const
      return of.platform === 'unheard_of' ? readText({ rows: [], row_lines: [], problem }) : readText()
    },
  })
  const { user } = renderApp('/outputs?type=arp')
  const grid = await screen.findByRole('grid', { name: 'Outputs' })
  await user.click(await within(grid).findByRole('checkbox', { name: /all/i }))
  await user.click(screen.getByRole('button', { name: 'Smart export of 2…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Smart export of 2 outputs' })
  expect(await within(dialog).findByText('2 rows of 2 of 2 outputs')).toBeDefined()
  // The one without a template of its command is read by what fits its text.
  expect(asked).toContainEqual({ capture: 1, platform: 'arista_eos', command: 'show ip arp' })
  expect(asked).toContainEqual({ capture: 2 })
  expect(asked).toHaveLength(3)
  expect(within(dialog).getByRole('button', { name: 'Save CSV' })).toHaveProperty('disabled', false)
})
