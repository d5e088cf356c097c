import { mockApi, refused } from '@mock/api'
import { figures, frame, me, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'

const nobody = refused(401, 'not logged in', 'log in first', 'urn:velocity:not-logged-in')

test('who is not logged in gets the door, and after it the page that was asked for', async () => {
  let inside = false
  const seen = mockApi({
    ...frame,
    'GET /api/v1/session': () => (inside ? me() : nobody),
    'POST /api/v1/session': () => {
      inside = true
      return me()
    },
    'GET /api/v1/devices': rows([]),
  })
  const { user } = renderApp('/devices')
  await user.type(await screen.findByLabelText(/^Name/), 'ada')
  await user.type(screen.getByLabelText(/^Password/), 'correct horse')
  await user.click(screen.getByRole('button', { name: 'Log in' }))
  expect(await screen.findByRole('heading', { name: 'Devices' })).toBeDefined()
  const sent = seen.find((r) => r.method === 'POST')
  expect(sent?.headers.get('x-velocity')).toBe('1')
  expect(await sent?.json()).toEqual({ name: 'ada', password: 'correct horse' })
})

test('a refusal is said and nothing is opened', async () => {
  mockApi({
    'GET /api/v1/session': nobody,
    'POST /api/v1/session': refused(401, 'login refused', 'name or password is wrong', 'urn:velocity:login-refused'),
  })
  const { user } = renderApp('/')
  await user.type(await screen.findByLabelText(/^Name/), 'ada')
  await user.type(screen.getByLabelText(/^Password/), 'wrong')
  await user.click(screen.getByRole('button', { name: 'Log in' }))
  expect((await screen.findByRole('alert')).textContent).toContain('name or password is wrong')
})

test('a password that was given has to be changed first', async () => {
  let changed = false
  mockApi({
    ...frame,
    'GET /api/v1/session': () => ({ ...me(), must_change_password: !changed }),
    'PUT /api/v1/session/password': () => {
      changed = true
    },
    'GET /api/v1/dashboard': figures({ devices: 0 }),
  })
  const { user } = renderApp('/')
  await user.type(await screen.findByLabelText(/until now/), 'one-time')
  await user.type(screen.getByLabelText(/^New password \*/), 'a long new password')
  await user.type(screen.getByLabelText(/again/), 'another new password')
  await user.click(screen.getByRole('button', { name: 'Set password' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Type the new one twice')
  await user.clear(screen.getByLabelText(/again/))
  await user.type(screen.getByLabelText(/again/), 'a long new password')
  await user.click(screen.getByRole('button', { name: 'Set password' }))
  expect(await screen.findByRole('heading', { name: 'Welcome' })).toBeDefined()
})
