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
  executions: '/executions',
  execution: '/executions/1',
  vault: '/vault',
  arp: '/facts/arp',
  mac: '/facts/mac',
  routes: '/facts/routes',
  outputs: '/outputs',
  search: '/search?q=ntp+server',
  configs: '/configs?device=fra-core-1',
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
    for (const theme of THEMES) await shoot(page, theme, (process.env.SIZES ?? 'desk').split(','))
  } finally {
    await network.down()
  }
})

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
