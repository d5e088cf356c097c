import { mockApi } from '@mock/api'
import { renderApp } from '@mock/render'
import { world } from '@mock/world'
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

test('a report of one’s own goes on the dashboard, and from it again', async () => {
  mockApi(world as Parameters<typeof mockApi>[0])
  const { user, router } = renderApp('/reports')
  await user.click(await screen.findByRole('link', { name: 'old-ios' }))
  const table = await screen.findByRole('grid', { name: 'Versions of IOS by site' })
  expect((await within(table).findAllByText('17.3.4a')).length).toBeGreaterThan(0)
  const pin = { name: 'On the dashboard' }
  await user.click(screen.getByRole('button', { ...pin, pressed: false }))
  await router.navigate({ to: '/' })
  expect(await screen.findByRole('heading', { name: 'Versions of IOS by site' })).toBeDefined()
  await router.navigate({ to: '/reports/old-ios' as '/' })
  await user.click(await screen.findByRole('button', { ...pin, pressed: true }))
  await router.navigate({ to: '/' })
  expect(await screen.findByRole('heading', { name: 'Dashboard' })).toBeDefined()
  expect(screen.queryByRole('heading', { name: 'Versions of IOS by site' })).toBeNull()
})
