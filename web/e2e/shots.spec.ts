import { writeFileSync } from 'node:fs'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { asWhom, enter, type LabNetwork, networkUp, runToEnd } from './network'

/**
 * Pictures of every page on the simulated network, for people to look at: SHOTS_OF_LAB is the folder they go to.
 * With GALLERY they are small, and a page shows them all: `docs/screens`.
 */
const FOLDER = process.env.SHOTS_OF_LAB
const IS_GALLERY = Boolean(process.env.GALLERY)
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
  platforms: '/inventory/platforms',
  manufacturers: '/inventory/manufacturers',
  components: '/facts/components',
  discover: '/discover',
  collect: '/collect',
  jobs: '/jobs',
  job: '/jobs/arista-arp',
  'job-new': '/jobs/new',
  'job-commands': '/jobs/arista-arp?tab=commands',
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
  terminal: '/terminal',
  users: '/users',
  tokens: '/users?tab=tokens',
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
    const shot = await shooting(browser)
    await page.goto(network.url)
    await shoot(page, shot, { 'log-in': '/' })
    await enter(page, network)
    await shoot(page, shot, { welcome: '/' })
    const address = `${network.seed}`
    await runToEnd(page, '/api/v1/discoveries', { seeds: [address], as_whom: asWhom(network) })
    const types = ['configs', 'arp', 'mac', 'lldp', 'cdp', 'interfaces', 'routes', 'version', 'inventory']
    await runToEnd(page, '/api/v1/collections', { types, as_whom: asWhom(network) })
    network.velocity('lab', 'change', 'fra-core-1', '--state', network.lab)
    await runToEnd(page, '/api/v1/collections', { types, as_whom: asWhom(network) })
    await fill(page)
    const ip = await page.evaluate(async () => (await (await fetch('/api/v1/facts/arp?limit=1')).json()).items[0].ip)
    const pages = { 'where-is-it': `/find?q=${ip}`, ...PAGES }
    await shoot(page, shot, pages)
    if (IS_GALLERY) writeFileSync(`${FOLDER}/README.md`, gallery(['log-in', 'welcome', ...Object.keys(pages)]))
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

type Shot = (page: Page, name: string) => Promise<void>

async function shoot(page: Page, shot: Shot, pages: Record<string, string>) {
  for (const theme of THEMES) {
    await page.evaluate((name) => localStorage.setItem('velocity.theme', name), theme)
    for (const size of (process.env.SIZES ?? 'desk').split(',')) {
      await page.setViewportSize(SIZES[size as keyof typeof SIZES] ?? SIZES.desk)
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${network.url}${path}`)
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
        await page.waitForLoadState('networkidle')
        await shot(page, size === 'desk' ? `${name}-${theme}` : `${name}-${theme}-${size}`)
      }
    }
  }
}

/** As PNG, or for the gallery as WebP by the browser's own encoder. */
async function shooting(browser: Browser): Promise<Shot> {
  if (!IS_GALLERY)
    return async (page, name) => {
      await page.screenshot({ path: `${FOLDER}/${name}.png` })
    }
  const desk = await browser.newPage()
  return async (page, name) => {
    const png = (await page.screenshot()).toString('base64')
    const webp = await desk.evaluate(async (data) => {
      const image = new Image()
      image.src = `data:image/png;base64,${data}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      canvas.getContext('2d')?.drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', 0.5).split(',')[1] ?? ''
    }, png)
    writeFileSync(`${FOLDER}/${name}.webp`, Buffer.from(webp, 'base64'))
  }
}

/** All pictures of the desk, a row for each page and a column for each theme. */
function gallery(names: string[]): string {
  const row = (name: string) =>
    `| ${THEMES.map((theme) => `![${name}, ${theme}](${name}-${theme}.webp)`).join(' | ')} |`
  return [
    '# Every screen in three themes',
    '',
    'The simulated network of twelve devices, 1280x720. Made by `GALLERY=1 SHOTS_OF_LAB=../docs/screens npx playwright test shots` in `web/`.',
    '',
    `| ${THEMES.join(' | ')} |`,
    `|${THEMES.map(() => '---|').join('')}`,
    ...names.map(row),
    '',
  ].join('\n')
}
