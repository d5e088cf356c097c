import { mockApi } from '@mock/api'
import { AT, frame, run } from '@mock/data'
import { renderApp } from '@mock/render'
import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

class Stream extends EventTarget {
  static last: Stream
  constructor(readonly url: string) {
    super()
    Stream.last = this
  }
  close() {}
  tell(event: string, data: object) {
    act(() => void this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify({ event, at: AT, ...data }) })))
  }
}

beforeEach(() => vi.stubGlobal('EventSource', Stream))
afterEach(() => vi.unstubAllGlobals())

const item = (name: string, of: object) => ({
  name,
  address: '10.0.0.1',
  state: 'success',
  class: null,
  message: '',
  advice: null,
  username: 'admin',
  credential: null,
  duration_ms: 1200,
  attempts: 1,
  ...of,
})

test('a run is seen as it goes, and what it came to when it is over', async () => {
  const going = run(4, { state: 'running', ended_at: null })
  let answer: object = { ...going, devices: [] }
  mockApi({ ...frame, 'GET /api/v1/executions/{id}': () => answer })
  renderApp('/executions/4')
  const grid = await screen.findByRole('list', { name: 'Devices of the run' })
  expect(Stream.last.url).toBe('/api/v1/events?run=4')
  Stream.last.tell('collection_started', { total: 2 })
  Stream.last.tell('device_started', { device_name: 'leaf-1', ip_address: '10.0.0.1' })
  expect(within(grid).getByText('▶ RUNNING')).toBeDefined()
  const failed = {
    device_name: 'leaf-1',
    ip_address: '10.0.0.1',
    success: false,
    state: 'failed',
    message: 'cannot reach 10.0.0.1:22',
  }
  Stream.last.tell('device_completed', failed)
  expect(within(grid).getByText('✗ FAILED')).toBeDefined()
  expect(screen.getByRole('log').textContent).toContain('leaf-1: cannot reach 10.0.0.1:22')
  const advice = 'check the address, the route and the firewall'
  answer = {
    ...run(4, { state: 'partial', failed: 1 }),
    devices: [item('leaf-1', { state: 'failed', class: 'unreachable', advice })],
  }
  Stream.last.tell('collection_complete', { success: false, state: 'partial' })
  expect(await screen.findByRole('grid', { name: 'Results' })).toBeDefined()
  expect(await screen.findByText(advice)).toBeDefined()
})
