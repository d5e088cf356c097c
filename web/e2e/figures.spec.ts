import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { frame } from '../mock/data'
import { serve } from './mocked'
import { enter, type Network, serverUp } from './network'

/** Speed of the screens, printed: `FIGURES=1 npx playwright test figures --workers 1`, on a machine that does nothing else. */
test.skip(!process.env.FIGURES, 'FIGURES is not set')
test.describe.configure({ mode: 'serial' })

const DEVICES = 10_000
const NODES = 5000
const say = (text: string) => process.stdout.write(`figure: ${text}\n`)

/** Milliseconds from the start of the navigation until `found` and the frame after it. */
const watch = (selector: string) => `
  window.firstSeen = new Promise((seen) => {
    const look = () => document.querySelector(${JSON.stringify(selector)})
      ? requestAnimationFrame(() => requestAnimationFrame(() => seen(performance.now())))
      : requestAnimationFrame(look)
    look()
  })`

async function paint(page: Page, path: string, selector: string): Promise<number> {
  await page.addInitScript(watch(selector))
  await page.goto(path)
  return page.evaluate(() => (globalThis as unknown as { firstSeen: Promise<number> }).firstSeen)
}

test.describe('devices', () => {
  let network: Network
  test.beforeAll(async () => {
    test.setTimeout(600_000)
    network = await serverUp()
    const sites = ['fra', 'ger', 'usa', 'lon', 'par']
    const roles = ['leaf', 'spine', 'core']
    const rows = Array.from({ length: DEVICES }, (_, n) => {
      const address = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`
      return `dev-${n},${address},arista_eos,${sites[n % 5]},${roles[n % 3]},active`
    })
    const csv = join(network.home, 'devices.csv')
    writeFileSync(csv, `name,primary_ip4,platform,site,role,status\n${rows.join('\n')}\n`)
    network.velocity('import', 'devices', csv)
  })
  test.afterAll(() => network?.down())

  test('a page of 10,000 devices is useful within a second', async ({ browser }) => {
    test.setTimeout(120_000)
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
    await enter(await context.newPage(), network)
    const times: number[] = []
    for (let n = 0; n < 5; n++) {
      const page = await context.newPage()
      times.push(await paint(page, `${network.url}/devices`, '[role=row][aria-rowindex="2"] a'))
      await page.close()
    }
    times.sort((a, b) => a - b)
    say(
      `devices, ${DEVICES} rows, first useful paint: median ${ms(times[2])}, slowest ${ms(times[4])} (of 5; must be under 1000 ms)`,
    )
    expect(times[2]).toBeLessThan(1000)
  })

  test('all of them are scrolled through, and no row is missing in any frame', async ({ browser }) => {
    test.setTimeout(120_000)
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await enter(page, network)
    await page.goto(`${network.url}/devices`)
    await expect(page.getByText('10,000 devices')).toBeVisible()
    const seen = await page.evaluate(scroll)
    say(
      `devices, scrolled ${seen.rows} rows in ${ms(seen.took)}: ${seen.frames} frames, median ${ms(seen.median)}, 95 % ${ms(seen.p95)}, slowest ${ms(seen.slowest)}; frames with a missing row: ${seen.missing}`,
    )
    expect(seen.rows).toBeGreaterThan(DEVICES - 50)
    expect(seen.missing).toBe(0)
  })
})

/** Scrolls a table to its end at 15,000 pixels a second and looks in every frame whether every row in sight is drawn. */
async function scroll() {
  const grid = document.querySelector<HTMLElement>('[role=grid]')
  if (!grid) throw new Error('no table')
  const HEIGHT = 34
  const frame = () => new Promise<number>((next) => requestAnimationFrame(next))
  const times: number[] = []
  let missing = 0
  let last = await frame()
  const begin = last
  for (let stuck = 0; stuck < 60; ) {
    const before = grid.scrollTop
    const now = await frame()
    times.push(now - last)
    grid.scrollTop = before + Math.round(((now - last) * 15_000) / 1000)
    last = now
    stuck = grid.scrollTop === before ? stuck + 1 : 0
    // What the scroll event drew is there when the frame is painted.
    await new Promise((done) => setTimeout(done, 0))
    const drawn = new Set([...grid.querySelectorAll('.line')].map((r) => Number(r.getAttribute('aria-rowindex')) - 2))
    const first = Math.ceil(grid.scrollTop / HEIGHT)
    const end = Math.floor((grid.scrollTop + grid.clientHeight - HEIGHT) / HEIGHT) - 1
    const count = Math.floor((grid.querySelector<HTMLElement>('[role=rowgroup]')?.offsetHeight ?? 0) / HEIGHT)
    for (let row = first; row <= Math.min(end, count - 1); row++)
      if (!drawn.has(row)) {
        missing++
        break
      }
  }
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0
  const rows = Math.max(...[...grid.querySelectorAll('.line')].map((r) => Number(r.getAttribute('aria-rowindex')) - 1))
  return {
    rows,
    took: last - begin,
    frames: times.length,
    median: at(0.5),
    p95: at(0.95),
    slowest: sorted.at(-1) ?? 0,
    missing,
  }
}

test('a map of 5,000 nodes answers within three seconds', async ({ page }) => {
  test.setTimeout(120_000)
  await serve(page, { ...frame, 'GET /api/v1/topology': map() })
  for (const [how, path] of [
    ['by site', '/topology'],
    ['every node', '/topology?group=none'],
  ] as const) {
    const shown = await paint(page, path, '[role=img] canvas')
    const box = await page.getByRole('img', { name: /^Map of/ }).boundingBox()
    if (!box) throw new Error('no map')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 60, y + 30, { steps: 5 })
    await page.mouse.up()
    const answered = await page.evaluate(
      () => new Promise<number>((seen) => requestAnimationFrame(() => seen(performance.now()))),
    )
    say(
      `map of ${NODES} nodes, ${how}: drawn after ${ms(shown)}, dragged after ${ms(answered)} (must be under 3000 ms)`,
    )
    expect(answered).toBeLessThan(3000)
  }
})

/** Fifty sites, each a core, spines and leafs, as the server gives it. */
function map() {
  const nodes = Array.from({ length: NODES }, (_, n) => {
    const [site, place] = [Math.floor(n / 100), n % 100]
    const role = place < 2 ? 'core' : place < 12 ? 'spine' : 'leaf'
    return {
      data: {
        id: `n${n}`,
        label: `s${site}-${role}-${place}`,
        kind: role,
        role,
        site: `s${site}`,
        platform: 'arista_eos',
      },
    }
  })
  const edges = nodes.flatMap((_, n) => {
    const [site, place] = [Math.floor(n / 100) * 100, n % 100]
    const ends =
      place < 2
        ? [((site + 100) % NODES) + place]
        : place < 12
          ? [site, site + 1]
          : [site + 2 + (place % 10), site + 2 + ((place + 1) % 10)]
    return ends.map((to, k) => ({ data: { id: `e${n}-${k}`, source: `n${n}`, target: `n${to}`, confirmed: true } }))
  })
  return { elements: { nodes, edges } }
}

const ms = (n: number | undefined) => `${Math.round(n ?? 0)} ms`
