import { mockApi } from '@mock/api'
import { AT, evidence, frame, route, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'

const report = {
  read_as: ['MAC address'],
  answers: [],
  address: null,
  whereabouts: [
    {
      mac: '00:50:56:30:41:34',
      vendor: 'VMware',
      addresses: ['10.1.1.10'],
      port: { device: 'usa-leaf-1', interface: 'GigabitEthernet1/0/7', vlan: '101' },
      steps: [
        { device: 'usa-leaf-1', what: 'ARP says 10.1.1.10 is 00:50:56:30:41:34', last_seen: AT, evidence: evidence() },
      ],
      verdict: 'an access port with one host',
    },
  ],
}

test('a host is found at its port, and one click shows the line that proves it', async () => {
  mockApi({
    ...frame,
    'GET /api/v1/find': report,
    'GET /api/v1/captures/{id}/lines': { text: 'Internet  10.1.1.10   77   0050.5630.4134\n' },
  })
  const { user, location } = renderApp('/find')
  await user.type(await screen.findByLabelText('Find'), '0050.5630.4134{Enter}')
  expect(await screen.findByRole('heading', { name: 'usa-leaf-1 GigabitEthernet1/0/7' })).toBeDefined()
  expect(location()).toBe('/find?q=0050.5630.4134')
  await user.click(screen.getByRole('button', { name: /^Evidence of ARP says/ }))
  const proof = await screen.findByRole('dialog', { name: /^Evidence of/ })
  expect(await screen.findByText(/0050\.5630\.4134$/)).toBeDefined()
  expect(proof.textContent).toContain('2Internet  10.1.1.10')
})

test('what is not known says how it was read and what to do', async () => {
  mockApi({ ...frame, 'GET /api/v1/find': { read_as: ['name'], answers: [], whereabouts: [], address: null } })
  renderApp('/find?q=nothing-1')
  expect(await screen.findByText('Nothing is known of nothing-1')).toBeDefined()
})

test('the routes to an address are asked for beside it', async () => {
  mockApi({
    ...frame,
    'GET /api/v1/find': { read_as: ['address'], answers: [], whereabouts: [], address: '10.1.1.10' },
    'GET /api/v1/route-lookup': rows([route({ device: 'usa-leaf-1' })]),
  })
  renderApp('/find?q=10.1.1.10')
  expect(await screen.findByRole('heading', { name: 'Routes to it (1)' })).toBeDefined()
  expect(screen.getByRole('button', { name: 'Evidence of 10.1.1.0/24 on usa-leaf-1' })).toBeDefined()
})
