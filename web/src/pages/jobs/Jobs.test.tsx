import { mockApi } from '@mock/api'
import { frame, job, me, preset, rows, schedule } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'

const around = {
  ...frame,
  'GET /api/v1/schedules': rows([]),
  'GET /api/v1/tags': rows([]),
  'GET /api/v1/credentials': rows([]),
  'GET /api/v1/vault': { exists: true, unlocked: true, credentials: 1 },
}

const body = async (seen: Request[], path: string) =>
  seen.findLast((r) => r.method === 'POST' && new URL(r.url).pathname === path)?.json()

test('a job that is written says at once how many devices it would ask, and what is wrong with it', async () => {
  const seen = mockApi({
    ...around,
    'POST /api/v1/jobs/preview': async (request: Request) => {
      const { job: asked } = await request.json()
      const isNothing = !asked.what.captures
      return { matching: isNothing ? 0 : 7, devices: [], problems: isNothing ? ['it collects nothing'] : [] }
    },
    'POST /api/v1/jobs': { dry_run: false, made: [], records: [], undo: 4 },
  })
  const { user } = renderApp('/jobs/new')
  expect(await screen.findByText('7')).toBeDefined()
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Nightly')
  await user.click(screen.getByRole('tab', { name: 'Commands' }))
  await user.click(screen.getByRole('checkbox', { name: 'Configuration' }))
  expect(await screen.findByText('it collects nothing')).toBeDefined()
  await user.click(screen.getByRole('checkbox', { name: 'ARP table' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(async () => expect(seen.some((r) => r.method === 'POST' && r.url.endsWith('/jobs'))).toBe(true))
  expect(await body(seen, '/api/v1/jobs')).toMatchObject({ name: 'Nightly', what: { captures: ['arp'] } })
})

test('jobs that are picked are run together, one after the other', async () => {
  const seen = mockApi({
    ...around,
    'GET /api/v1/jobs': rows([job(1), job(2)]),
    'POST /api/v1/jobs/run': { name: 'jobs@now', jobs: ['job-1', 'job-2'], missing: [] },
    'GET /api/v1/job-runs/{name}': {
      name: 'jobs@now',
      jobs: ['job-1', 'job-2'],
      begun: 1,
      is_over: false,
      executions: [],
    },
  })
  const { user, location } = renderApp('/jobs')
  await user.click(await screen.findByRole('checkbox', { name: 'Pick Job 1' }))
  await user.click(screen.getByRole('checkbox', { name: 'Pick Job 2' }))
  await user.click(screen.getByRole('button', { name: 'Run 2…' }))
  await user.click(await screen.findByRole('button', { name: 'Run' }))
  await waitFor(() => expect(decodeURIComponent(location())).toBe('/job-runs/jobs@now'))
  expect(await body(seen, '/api/v1/jobs/run')).toMatchObject({ jobs: ['job-1', 'job-2'], at_once: 1 })
  expect(seen.find((r) => r.url.endsWith('/jobs/run'))?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
  expect(await screen.findByText('Now: job-1')).toBeDefined()
})

test('jobs of a batch are put in order with the buttons, and saved in that order', async () => {
  const seen = mockApi({
    ...around,
    'GET /api/v1/jobs': rows([job(1), job(2)]),
    'GET /api/v1/batches': { items: [], problems: [] },
    'POST /api/v1/batches': {},
  })
  const { user } = renderApp('/batches')
  await user.click(await screen.findByRole('button', { name: 'New batch' }))
  const panel = await screen.findByRole('dialog', { name: 'New batch' })
  await user.type(within(panel).getByRole('textbox', { name: 'Name' }), 'Morning')
  await user.click(await within(panel).findByRole('button', { name: 'Add Job 1' }))
  await user.click(within(panel).getByRole('button', { name: 'Add Job 2' }))
  await user.click(within(panel).getByRole('button', { name: 'Job 2 up' }))
  await user.click(within(panel).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(seen.some((r) => r.method === 'POST')).toBe(true))
  expect(await body(seen, '/api/v1/batches')).toMatchObject({ name: 'Morning', jobs: ['job-2', 'job-1'] })
})

test('who may only look sees jobs and changes none', async () => {
  mockApi({ ...around, 'GET /api/v1/session': me('viewer'), 'GET /api/v1/jobs': rows([job(1)]) })
  renderApp('/jobs')
  expect(await screen.findByRole('link', { name: 'Job 1' })).toBeDefined()
  expect(screen.queryByRole('link', { name: 'New job' })).toBeNull()
  expect(screen.queryByRole('checkbox')).toBeNull()
})

test('a preset is added with one click by the clock that was chosen, and not twice', async () => {
  let kept = false
  const seen = mockApi({
    ...around,
    'GET /api/v1/schedules/presets': () => rows([preset('daily-configs', true), preset('hourly-arp', kept)]),
    'POST /api/v1/schedules/presets': () => {
      kept = true
      return { job: { dry_run: false, made: [], records: [], undo: 9 }, schedule: schedule(1, { job: 'hourly-arp' }) }
    },
    'POST /api/v1/undo/{id}': {},
  })
  const { user } = renderApp('/schedules')
  await user.click(await screen.findByRole('button', { name: 'Presets…' }))
  const panel = await screen.findByRole('dialog', { name: 'Presets' })
  expect(await within(panel).findByRole('button', { name: 'daily-configs is there' })).toHaveProperty('disabled', true)
  await user.clear(within(panel).getByRole('combobox', { name: 'Time zone' }))
  await user.type(within(panel).getByRole('combobox', { name: 'Time zone' }), 'Europe/Berlin{ArrowDown}{Enter}')
  await user.click(within(panel).getByRole('button', { name: 'Add hourly-arp' }))
  expect(await within(panel).findByRole('button', { name: 'hourly-arp is there' })).toHaveProperty('disabled', true)
  expect(await body(seen, '/api/v1/schedules/presets')).toEqual({ name: 'hourly-arp', zone: 'Europe/Berlin' })
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(seen.some((r) => r.url.endsWith('/undo/9'))).toBe(true))
})
