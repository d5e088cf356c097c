import { expect, type Page, test } from '@playwright/test'
import { asWhom, enter, type LabNetwork, networkUp, runToEnd } from './network'

/** Pictures of every page on the simulated network, for people to look at: SHOTS is the folder they go to. */
const FOLDER = process.env.SHOTS_OF_LAB
test.skip(!FOLDER, 'SHOTS_OF_LAB names no folder')
test.describe.configure({ mode: 'serial' })

const THEMES = (process.env.THEMES ?? 'light,dark,cyber').split(',')
const SIZES = {
  desk: { width: 1280, height: 720 },
  zoom: { width: 640, height: 360 },
  phone: { width: 390, height: 844 },
}
const PAGES: Record<string, string> = {
  dashboard: '/',
  devices: '/devices',
  device: '/devices/fra-core-1',
  'device-network': '/devices/fra-core-1?tab=network',
  'device-hardware': '/devices/fra-core-1?tab=hardware',
  'device-captures': '/devices/fra-core-1?tab=captures',
  'device-neighbours': '/devices/fra-core-1?tab=neighbours',
  'device-credentials': '/devices/fra-core-1?tab=credentials',
  find: '/find?q=usa-leaf-1',
  changes: '/changes',
  change: '/changes/1',
  topology: '/topology',
  sites: '/inventory/sites',
  roles: '/inventory/roles',
  components: '/facts/components',
  discover: '/discover',
  collect: '/collect',
  jobs: '/jobs',
  job: '/jobs/arista-arp',
  'job-devices': '/jobs/arista-arp?tab=devices',
  batches: '/batches',
  schedules: '/schedules',
  textfsm: '/textfsm?capture=2',
  'textfsm-manual': '/textfsm?tab=manual&template=cisco_ios_show_ip_arp',
  'textfsm-templates': '/textfsm?tab=manager',
  notes: '/notes',
  'device-notes': '/devices/fra-core-1?tab=notes',
  'configs-history': '/configs?device=fra-core-1&tab=history',
  'configs-blame': '/configs?device=fra-core-1&tab=blame',
  capture: '/captures/2',
  settings: '/settings',
  notifications: '/notifications',
  undo: '/undo',
  executions: '/executions',
  execution: '/executions/1',
  vault: '/vault',
  arp: '/facts/arp',
  mac: '/facts/mac',
  routes: '/facts/routes',
  outputs: '/outputs',
  search: '/search?q=ntp+server',
  configs: '/configs?device=fra-core-1',
  'configs-diff': '/configs?device=fra-core-1&from=1&to=2',
  reports: '/reports',
  coverage: '/coverage',
  'os-versions': '/os-versions',
  crypto: '/crypto',
  users: '/users',
  audit: '/audit',
  help: '/help/operating',
  about: '/about',
}

let network: LabNetwork

test.beforeAll(() => {
  test.setTimeout(300_000)
})

test('every page on the simulated network', async ({ browser }) => {
  test.setTimeout(900_000)
  network = await networkUp(12)
  try {
    const page = await browser.newPage({ viewport: SIZES.desk })
    await enter(page, network)
    const address = `${network.seed}`
    await runToEnd(page, '/api/v1/discoveries', { seeds: [address], as_whom: asWhom(network) })
    const types = ['configs', 'arp', 'mac', 'lldp', 'cdp', 'interfaces', 'routes', 'version', 'inventory']
    await runToEnd(page, '/api/v1/collections', { types, as_whom: asWhom(network) })
    network.velocity('lab', 'change', 'fra-core-1', '--state', network.lab)
    await runToEnd(page, '/api/v1/collections', { types, as_whom: asWhom(network) })
    await fill(page)
    for (const theme of THEMES) await shoot(page, theme, (process.env.SIZES ?? 'desk').split(','))
  } finally {
    await network.down()
  }
})

/** What people would have put in: a vault, jobs, a batch, a schedule, a note. */
async function fill(page: Page) {
  const password = 'a vault of my own'
  await ask(page, '/api/v1/vault', { password })
  await ask(page, '/api/v1/vault/unlock', { password })
  const secret = { kind: 'login', password: network.password }
  await ask(page, '/api/v1/credentials', { name: 'lab', username: network.username, is_default: true, secret })
  await ask(page, '/api/v1/jobs/starter', { vendor: 'arista' })
  const daily = { every: 'daily', at: '02:00:00' }
  await ask(page, '/api/v1/schedules', { job: 'arista-configs', recurrence: daily, zone: 'Europe/Berlin' })
  await ask(page, '/api/v1/schedules', { job: 'arista-arp', recurrence: { every: 'hourly', minute: 15 }, zone: 'UTC' })
  await ask(page, '/api/v1/batches', { name: 'Morning', jobs: ['arista-configs', 'arista-arp', 'arista-mac'] })
  const body = 'The **second power supply** is on order. Until then reload only at night, see [[fra-core-2]].'
  await ask(page, '/api/v1/notes', { device: 'fra-core-1', title: 'Reload only at night', body })
  const rule = { name: 'noc', kind: 'webhook', target: 'https://noc.example.net/hook' }
  await ask(page, '/api/v1/notifications/channels', { set: rule })
  await ask(page, '/api/v1/notifications/rules', { set: { name: 'Failures', channel: 'noc', events: 'run_failed' } })
}

async function ask(page: Page, path: string, body: object) {
  const status = await page.evaluate(
    async ([to, sent]) => {
      const headers = { 'content-type': 'application/json', 'x-velocity': '1' }
      const answer = await fetch(to as string, { method: 'POST', headers, body: JSON.stringify(sent) })
      return `${answer.status} ${answer.ok ? '' : await answer.text()}`
    },
    [path, body] as const,
  )
  expect(status, path).toMatch(/^20/)
}

async function shoot(page: Page, theme: string, sizes: string[]) {
  await page.evaluate((name) => localStorage.setItem('velocity.theme', name), theme)
  for (const size of sizes) {
    await page.setViewportSize(SIZES[size as keyof typeof SIZES] ?? SIZES.desk)
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(`${network.url}${path}`)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      const tag = size === 'desk' ? theme : `${theme}-${size}`
      await page.screenshot({ path: `${FOLDER}/${name}-${tag}.png` })
    }
  }
}
