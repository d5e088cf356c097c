import { mockApi } from '@mock/api'
import { device, deviceView, figures, frame, me, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'

const names = {
  'GET /api/v1/sites': rows([{ id: 1, version: 1, name: 'Frankfurt', slug: 'fra' }]),
  'GET /api/v1/locations': rows([]),
  'GET /api/v1/roles': rows([]),
  'GET /api/v1/platforms': rows([]),
  'GET /api/v1/manufacturers': rows([]),
}

const record = (name: string, before: string, after: string) => ({
  effect: 'update',
  fields: [['status', before, after]],
  id: 1,
  kind: 'device',
  name,
})

test('many devices are changed only after what would be written was shown, and it can be undone', async () => {
  const seen = mockApi({
    ...frame,
    ...names,
    'GET /api/v1/devices': rows([device(1), device(2)]),
    'POST /api/v1/devices/bulk-edit': {
      dry_run: true,
      made: [],
      records: [record('leaf-1', 'active', 'offline')],
      undo: 9,
    },
    'POST /api/v1/undo/{id}': {},
  })
  const { user } = renderApp('/devices')
  await user.click(await screen.findByRole('checkbox', { name: 'Pick leaf-1' }))
  await user.click(screen.getByRole('button', { name: 'Edit 1…' }))
  const panel = await screen.findByRole('dialog', { name: 'Edit 1 device' })
  expect(within(panel).getByRole<HTMLButtonElement>('button', { name: 'Preview' }).disabled).toBe(true)
  await user.click(within(panel).getByRole('combobox', { name: 'Status' }))
  await user.click(await screen.findByRole('option', { name: 'offline' }))
  await user.click(within(panel).getByRole('button', { name: 'Preview' }))
  expect(await within(panel).findByText('status: active → offline')).toBeDefined()
  await user.click(within(panel).getByRole('button', { name: 'Change 1 devices' }))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(seen.some((r) => r.url.endsWith('/api/v1/undo/9'))).toBe(true))
  const sent = await Promise.all(seen.filter((r) => r.url.endsWith('bulk-edit')).map((r) => r.json()))
  expect(sent.map((s) => [s.select, s.edit.set, s.edit.dry_run])).toEqual([
    ['leaf-1', { status: 'offline' }, true],
    ['leaf-1', { status: 'offline' }, undefined],
  ])
})

test('one device is edited for the version that was seen, and what a person said can be given back', async () => {
  const seen = mockApi({
    ...frame,
    ...names,
    'GET /api/v1/devices/{reference}': deviceView(1, {
      record: { id: 1, version: 6, name: 'leaf-1', address: '10.0.0.1', site: 'fra' },
    }),
    'PATCH /api/v1/devices/{reference}': { dry_run: false, made: [], records: [], undo: 3 },
  })
  const { user } = renderApp('/devices/leaf-1')
  await user.click(await screen.findByRole('button', { name: 'Edit' }))
  const panel = await screen.findByRole('dialog', { name: 'leaf-1' })
  const chip = within(panel).getByText('site').closest('.MuiChip-root') as HTMLElement
  await user.click(within(chip).getByTestId('CancelIcon'))
  await user.click(within(panel).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(seen.some((r) => r.method === 'PATCH')).toBe(true))
  const sent = seen.find((r) => r.method === 'PATCH')
  expect(sent?.headers.get('if-match')).toBe('"6"')
  expect(await sent?.json()).toEqual({ set: {}, release: ['site'], make: true })
})

test('who may only look is offered nothing that changes', async () => {
  mockApi({
    'GET /api/v1/session': me('viewer'),
    'GET /api/v1/dashboard': figures(),
    'GET /api/v1/devices': rows([device(1)]),
  })
  renderApp('/devices')
  expect(await screen.findByRole('link', { name: 'leaf-1' })).toBeDefined()
  expect(screen.queryByRole('checkbox')).toBeNull()
  expect(screen.queryByRole('button', { name: /New|Delete|Edit/ })).toBeNull()
  expect(screen.queryByRole('link', { name: 'Users and tokens' })).toBeNull()
  expect(screen.queryByRole('link', { name: 'Discover' })).toBeNull()
})
