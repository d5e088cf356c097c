import { mockApi, refused } from '@mock/api'
import { frame, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

const around = {
  ...frame,
  'GET /api/v1/vault': { exists: true, unlocked: true, credentials: 0 },
  'GET /api/v1/credentials': rows([]),
  'GET /api/v1/reports/credentials': {
    total: 0,
    ok: 0,
    failed: 0,
    untested: 0,
    coverage_percent: 0,
    credentials: [],
    accounts: [],
    devices: [],
  },
}

test('a credential is sealed with what was typed, and what was left out is not sent', async () => {
  const seen = mockApi({ ...around, 'POST /api/v1/credentials': { dry_run: false, credential: null } })
  const { user } = renderApp('/vault')
  await user.click(await screen.findByRole('button', { name: 'New credential' }))
  const panel = await screen.findByRole('dialog', { name: 'New credential' })
  await user.type(within(panel).getByLabelText(/^Name/), 'ops')
  await user.type(within(panel).getByLabelText(/^User name/), 'admin')
  await user.type(within(panel).getByLabelText('Password'), 'not shown')
  await user.click(within(panel).getByRole('button', { name: 'Seal' }))
  await waitFor(() => expect(seen.some((r) => r.method === 'POST')).toBe(true))
  const sent = await seen.find((r) => r.method === 'POST')?.json()
  expect(sent).toMatchObject({ name: 'ops', username: 'admin', secret: { kind: 'login', password: 'not shown' } })
  expect(sent.secret).not.toHaveProperty('key')
  expect(await screen.findByText('Sealed in the vault')).toBeDefined()
  expect(document.body.innerHTML).not.toContain('not shown')
})

test('a vault that does not open says why, and stays as it was', async () => {
  mockApi({
    ...around,
    'GET /api/v1/vault': { exists: true, unlocked: false, credentials: 2 },
    'POST /api/v1/vault/unlock': refused(409, 'the vault stays locked', 'the password is wrong'),
  })
  const { user } = renderApp('/vault')
  expect(await screen.findByText('locked')).toBeDefined()
  expect(screen.queryByRole('button', { name: 'New credential' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Unlock' }))
  const panel = await screen.findByRole('dialog', { name: 'Unlock the vault' })
  await user.type(within(panel).getByLabelText(/^Password of the vault/), 'wrong')
  await user.click(within(panel).getByRole('button', { name: 'Unlock' }))
  expect((await screen.findByRole('alert')).textContent).toContain('the password is wrong')
})

test('the sealed file is asked for with the password of the vault and one of its own, typed twice', async () => {
  const seen = mockApi({
    ...around,
    'GET /api/v1/vault': { exists: true, unlocked: false, credentials: 2 },
    'POST /api/v1/vault/export': '{"velocity_vault_export":1}',
  })
  const saved = vi.fn(() => 'blob:file')
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: saved, revokeObjectURL: () => {} }))
  const { user } = renderApp('/vault')
  await user.click(await screen.findByRole('button', { name: 'Sealed file…' }))
  const panel = await screen.findByRole('dialog', { name: 'All credentials in a file' })
  await user.type(within(panel).getByLabelText(/^Password of the vault/), 'of the vault')
  await user.type(within(panel).getByLabelText(/^Password of the file/), 'of the file')
  await user.type(within(panel).getByLabelText(/^The same again/), 'of the fire')
  await user.click(within(panel).getByRole('button', { name: 'Save the file' }))
  expect((await screen.findByRole('alert')).textContent).toContain('not the same')
  expect(seen.some((r) => r.method === 'POST')).toBe(false)
  await user.clear(within(panel).getByLabelText(/^The same again/))
  await user.type(within(panel).getByLabelText(/^The same again/), 'of the file')
  await user.click(within(panel).getByRole('button', { name: 'Save the file' }))
  await waitFor(() => expect(saved).toHaveBeenCalledOnce())
  const sent = await seen.find((r) => r.method === 'POST')?.json()
  expect(sent).toEqual({ vault_password: 'of the vault', password: 'of the file' })
})
