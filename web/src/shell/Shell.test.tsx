import { mockApi } from '@mock/api'
import { frame, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

const answers = {
  ...frame,
  'GET /api/v1/devices': rows([]),
  'GET /api/v1/changes': rows([]),
  'GET /api/v1/executions': rows([]),
}

test('? lists the keys that do something here', async () => {
  mockApi(answers)
  const { user } = renderApp('/devices')
  await screen.findByRole('heading', { name: 'Devices' })
  await user.keyboard('?')
  const list = await screen.findByRole('dialog', { name: 'Keyboard' })
  expect(within(list).getByText('Ctrl+K')).toBeDefined()
  expect(within(list).getByText('Go to Devices')).toBeDefined()
})

test('two keys go to a page, but not while somebody types', async () => {
  mockApi(answers)
  const { user, location } = renderApp('/devices')
  await user.type(await screen.findByRole('searchbox'), 'gc')
  expect(location()).toContain('/devices')
  await user.tab()
  await user.keyboard('gc')
  expect(await screen.findByRole('heading', { name: 'Changes' })).toBeDefined()
})

test('an entry that leads to the page that is shown loads it again and makes no step back', async () => {
  mockApi(answers)
  const { user, router } = renderApp('/devices')
  await screen.findByRole('heading', { name: 'Devices' })
  const load = vi.spyOn(router, 'load')
  await user.click(screen.getByRole('link', { name: 'Devices' }))
  expect(load).toHaveBeenCalled()
  expect(router.history.length).toBe(1)
})

test('a page is loaded ahead when the pointer rests on its entry, not when it passes', async () => {
  mockApi(answers)
  const { user, router } = renderApp('/devices')
  await screen.findByRole('heading', { name: 'Devices' })
  const ahead = vi.spyOn(router, 'preloadRoute')
  const [passed, rested] = ['Topology', 'Changes'].map((name) => screen.getByRole('link', { name }))
  await user.pointer([{ target: passed }, { target: rested }])
  await vi.waitFor(() => expect(ahead).toHaveBeenCalled())
  expect(ahead.mock.calls).toEqual([[{ to: '/changes' }]])
})

test('a theme is chosen and stays', async () => {
  mockApi(answers)
  const { user } = renderApp('/devices')
  await user.click(await screen.findByRole('button', { name: 'Theme' }))
  await user.click(await screen.findByRole('menuitemradio', { name: 'Cyber' }))
  expect(localStorage.getItem('velocity.theme')).toBe('cyber')
  expect(getComputedStyle(document.body).backgroundColor).toBe('rgb(4, 6, 12)')
})

test('Ctrl+K finds a page by its name and a host by its address', async () => {
  const port = { device: 'leaf-1', interface: 'Ethernet7', vlan: '101' }
  const whereabouts = [{ mac: '00:50:56:00:00:01', vendor: null, addresses: [], port, steps: [], verdict: '' }]
  mockApi({ ...answers, 'GET /api/v1/find': { read_as: [], answers: [], whereabouts, address: '10.1.1.10' } })
  const { user, location } = renderApp('/devices')
  await screen.findByRole('heading', { name: 'Devices' })
  await user.keyboard('{Control>}k{/Control}')
  const box = await screen.findByRole('combobox', { name: 'Find anything' })
  await user.type(box, 'exec')
  expect(await screen.findByRole('option', { name: /Executions/ })).toBeDefined()
  await user.clear(box)
  await user.type(box, '10.1.1.10')
  expect(await screen.findByRole('option', { name: /leaf-1 Ethernet7/ })).toBeDefined()
  await user.keyboard('{Enter}')
  expect(location()).toBe('/find?q=10.1.1.10')
})
