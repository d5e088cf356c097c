import { mockApi } from '@mock/api'
import { AT, frame, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

const version = (n: number) => ({
  id: n,
  capture_type: 'configs',
  command: 'show running-config',
  platform: 'arista_eos',
  version: n,
  size: 20,
  content_hash: `${n}`.repeat(64),
  first_seen: AT,
  last_seen: AT,
  completeness: { state: 'complete' },
  facts: null,
  parsed: null,
  message: null,
})

const line = (text: string, n: number) => ({ line: text, capture: n, version: n, since: AT })

test('each line stands beside the version that it came with, told once for lines in a row', async () => {
  mockApi({
    ...frame,
    'GET /api/v1/captures': rows([{ ...version(2), device: 'leaf-1' }]),
    'GET /api/v1/devices/{reference}/captures': rows([version(2), version(1)]),
    'GET /api/v1/devices/{reference}/captures/{capture_type}/blame': {
      device: 'leaf-1',
      capture_type: 'configs',
      version: 2,
      lines: [line('hostname leaf-1', 1), line('ntp server 10.0.0.1', 1), line('ntp server 10.0.0.2', 2)],
      is_cut: true,
    },
  })
  renderApp('/configs?device=leaf-1&tab=blame')
  const lines = await screen.findByRole('region', { name: 'Lines with their versions' })
  expect(within(lines).getByText('ntp server 10.0.0.2')).toBeDefined()
  expect(
    within(lines)
      .getAllByText(/v\d/)
      .map((e) => e.textContent?.slice(0, 2)),
  ).toEqual(['v1', 'v2'])
  expect(screen.getByText(/some lines may be older/)).toBeDefined()
})
