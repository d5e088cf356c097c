import { mockApi, refused } from '@mock/api'
import { device, deviceView, frame, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'

const asked = (seen: Request[]) =>
  seen
    .map((r) => new URL(r.url))
    .filter((u) => u.pathname === '/api/v1/devices')
    .map((u) => u.searchParams)

test('devices are in a table that the server sorts, and the order is in the URL', async () => {
  const seen = mockApi({ ...frame, 'GET /api/v1/devices': rows([device(1), device(2)]) })
  const { user, location } = renderApp('/devices')
  const table = await screen.findByRole('grid', { name: 'Devices' })
  expect(await within(table).findByRole('link', { name: 'leaf-2' })).toBeDefined()
  expect(screen.getByText('2 devices')).toBeDefined()
  await user.click(within(table).getByRole('button', { name: 'Site' }))
  await waitFor(() => expect(asked(seen).at(-1)?.get('sort')).toBe('site'))
  expect(location()).toBe('/devices?sort=site')
})

test('a filter of the URL is asked for, and one that finds nothing offers the way back', async () => {
  const seen = mockApi({ ...frame, 'GET /api/v1/devices': rows([]) })
  const { user, location } = renderApp('/devices?site=fra&q=10.0')
  await user.click(await screen.findByRole('button', { name: 'Show all devices' }))
  expect(asked(seen)[0]?.get('select')).toBe('site=fra')
  expect(asked(seen)[0]?.get('search')).toBe('10.0')
  await waitFor(() => expect(location()).toBe('/devices'))
  expect(await screen.findByRole('link', { name: 'Discover the network' })).toBeDefined()
})

test('a row opens with Enter after the arrows', async () => {
  mockApi({
    ...frame,
    'GET /api/v1/devices': rows([device(1), device(2)]),
    'GET /api/v1/devices/{device}': deviceView(2),
  })
  const { user, location } = renderApp('/devices')
  const table = await screen.findByRole('grid', { name: 'Devices' })
  await within(table).findByRole('link', { name: 'leaf-2' })
  table.focus()
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  await waitFor(() => expect(location()).toBe('/devices/leaf-2'))
})

test('what went wrong is said, with what to do', async () => {
  mockApi({ ...frame, 'GET /api/v1/devices': refused(400, 'invalid request', '`colour` is no condition') })
  renderApp('/devices')
  expect((await screen.findByRole('alert')).textContent).toContain('`colour` is no condition')
})

test('a device has its parts in tabs, and what a person said of it is marked', async () => {
  mockApi({
    ...frame,
    'GET /api/v1/devices/{device}': deviceView(1),
    'GET /api/v1/devices/{device}/links': rows([]),
  })
  const { user, location } = renderApp('/devices/leaf-1')
  expect(await screen.findByRole('heading', { name: 'leaf-1' })).toBeDefined()
  expect(screen.getByText('fra ✎')).toBeDefined()
  await user.click(screen.getByRole('tab', { name: 'Neighbours' }))
  expect(await screen.findByText('It names no neighbour')).toBeDefined()
  expect(location()).toBe('/devices/leaf-1?tab=neighbours')
})
