import { mockApi, refused } from '@mock/api'
import { frame } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

const planned = (n: number, types: string[]) => ({
  id: n,
  name: `leaf-${n}`,
  address: `10.0.0.${n}:22`,
  platform: 'arista_eos',
  accesses: [],
  accounts: [],
  types,
  unsupported: n === 2 ? ['mac'] : [],
})

const answers = {
  ...frame,
  'GET /api/v1/vault': { exists: true, unlocked: true, credentials: 3 },
  'POST /api/v1/collections/plan': {
    types: ['arp', 'mac'],
    devices: [planned(1, ['arp', 'mac']), planned(2, ['arp'])],
  },
}

test('what is chosen is in the URL, counted live, and started once under a key', async () => {
  vi.stubGlobal(
    'EventSource',
    class extends EventTarget {
      close() {}
    },
  )
  const seen = mockApi({ ...answers, 'POST /api/v1/collections': { id: 9 } })
  const { user, location } = renderApp('/collect?types=arp&site=fra')
  await user.click(await screen.findByRole('checkbox', { name: 'MAC table' }))
  expect(location()).toContain('types=arp%2Cmac')
  expect((await screen.findByText('2', { selector: 'strong' })).parentElement?.textContent).toBe('2 devices match')
  await user.click(screen.getByRole('button', { name: 'Options' }))
  expect(await screen.findByText('3; 1 left out, the platform has no command')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Collect from 2 devices' }))
  expect(await screen.findByRole('button', { name: 'View final results →' })).toHaveProperty('disabled', true)
  const sent = seen.find((r) => r.url.endsWith('/collections'))
  expect(sent?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
  expect(await sent?.json()).toEqual({
    select: 'site=fra',
    types: ['arp', 'mac'],
    as_whom: {},
    pace: { concurrency: 50 },
  })
})

test('a start that is refused says why and stays where it was', async () => {
  mockApi({ ...answers, 'POST /api/v1/collections': refused(409, 'vault locked', 'unlock the vault first') })
  const { user } = renderApp('/collect?types=arp')
  await user.click(await screen.findByRole('button', { name: 'Options' }))
  await user.click(await screen.findByRole('button', { name: 'Collect from 2 devices' }))
  expect((await screen.findByRole('alert')).textContent).toContain('unlock the vault first')
  expect(screen.getByRole('button', { name: 'Back' })).toBeDefined()
})
