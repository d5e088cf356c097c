import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { frame } from '../mock/data'
import { serve } from './mocked'

/** One device, which a map that is fitted has in its middle. */
const lonely = {
  elements: {
    nodes: [{ data: { id: 'leaf-1', label: 'leaf-1', kind: 'leaf', role: 'leaf', site: 'fra' } }],
    edges: [],
  },
}

test('a node of the map stays where it was dragged to, and tells of itself when it is clicked', async ({ page }) => {
  await serve(page, { ...frame, 'GET /api/v1/topology': lonely })
  await page.goto('/topology?layout=tiers')
  const map = page.getByRole('img', { name: 'Map of 1 nodes and 0 links' })
  const box = await map.boundingBox()
  if (!box) throw new Error('no map')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  // Drawn: the middle is not what is around it.
  await expect.poll(() => colours(page)).toBeGreaterThan(1)

  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 90, y + 60, { steps: 4 })
  await page.mouse.up()
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('velocity.map') ?? '{}'))
  expect(Object.keys(kept)).toEqual(['leaf-1'])

  await page.mouse.click(x + 90, y + 60)
  await expect(page.getByRole('heading', { name: 'leaf-1' })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Reset positions' }).click()
  await expect(page.getByRole('button', { name: 'Reset positions' })).toBeHidden()
  expect(await page.evaluate(() => localStorage.getItem('velocity.map'))).toBeNull()
  await page.mouse.click(x, y)
  await expect(page.getByRole('heading', { name: 'leaf-1' })).toBeVisible()
})

test('what is dragged is let go of when another map comes, and no place of it is kept', async ({ page }) => {
  await serve(page, { ...frame, 'GET /api/v1/topology': lonely })
  await page.goto('/topology?layout=tiers')
  const bySite = page.getByRole('switch', { name: 'By site' })
  await bySite.check()
  await bySite.uncheck()
  const box = await page.getByRole('img', { name: /^Map of/ }).boundingBox()
  if (!box) throw new Error('no map')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await expect.poll(() => colours(page)).toBeGreaterThan(1)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 30, y, { steps: 3 })
  await page.evaluate(() => history.back())
  await expect(bySite).toBeChecked()
  await page.mouse.move(x + 90, y, { steps: 3 })
  await page.mouse.up()
  expect(await page.evaluate(() => localStorage.getItem('velocity.map'))).toBeNull()
})

test('a canvas is as dense as the screen that the window comes to', async ({ page }) => {
  await serve(page, { ...frame, 'GET /api/v1/topology': lonely })
  await page.goto('/topology?layout=tiers')
  await expect.poll(() => colours(page)).toBeGreaterThan(1)
  const density = () => page.locator('[role=img] canvas').evaluate((c: HTMLCanvasElement) => c.width / c.clientWidth)
  expect(await density()).toBe(1)
  const screen = await page.context().newCDPSession(page)
  await screen.send('Emulation.setDeviceMetricsOverride', {
    width: 1280,
    height: 720,
    deviceScaleFactor: 2,
    mobile: false,
  })
  // Of a screen that is feigned no event tells, as it does of a real one: what is drawn next is drawn for it.
  await page.mouse.move(640, 500)
  await page.mouse.wheel(0, 120)
  await expect.poll(density).toBe(2)
  await expect.poll(() => colours(page)).toBeGreaterThan(1)
})

test.describe('by touch', () => {
  // Of a tablet: the panel leaves room beside it, where a click closes it.
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 1366, height: 1024 } })

  test('a node that is tapped tells of itself until that is closed', async ({ page }) => {
    await serve(page, { ...frame, 'GET /api/v1/topology': lonely })
    await page.goto('/topology?layout=tiers')
    await expect.poll(() => colours(page)).toBeGreaterThan(1)
    const box = await page.getByRole('img', { name: /^Map of/ }).boundingBox()
    if (!box) throw new Error('no map')
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
    await expect(page.getByRole('heading', { name: 'leaf-1' })).toBeVisible()
    // The click that comes of the tap has closed it by now, if it does.
    await page.getByRole('button', { name: 'Close' }).tap()
    await expect(page.getByRole('heading', { name: 'leaf-1' })).toBeHidden()
  })
})

test('a picture has room for its labels, and who gets none is told', async ({ page }) => {
  const data = { id: 'leaf-1', label: 'w'.repeat(60), kind: 'leaf', role: 'leaf', site: 'fra' }
  await serve(page, { ...frame, 'GET /api/v1/topology': { elements: { nodes: [{ data }], edges: [] } } })
  await page.goto('/topology?layout=tiers')
  const ask = async () => {
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'PNG as drawn' }).click()
  }
  const saved = page.waitForEvent('download')
  await ask()
  const bytes = readFileSync(await (await saved).path())
  // The width of a PNG; a margin of 80 on each side at twice the density is 320.
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(1000)

  await page.evaluate(() => {
    HTMLCanvasElement.prototype.toBlob = (made) => made(null)
  })
  await ask()
  await expect(page.getByRole('alert')).toContainText('Export it as SVG instead')
})

test('the map moves with the hand, comes nearer with the wheel, and is saved as a picture', async ({ page }) => {
  await serve(page, { ...frame, 'GET /api/v1/topology': lonely })
  await page.goto('/topology?layout=tiers')
  const box = await page.getByRole('img', { name: /^Map of/ }).boundingBox()
  if (!box) throw new Error('no map')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x + 200, y)
  await page.mouse.down()
  await page.mouse.move(x + 200, y + 150, { steps: 4 })
  await page.mouse.up()
  await page.mouse.click(x, y + 150)
  await expect(page.getByRole('heading', { name: 'leaf-1' })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()

  // From afar the node is small: what was a hit is beside it.
  await page.mouse.move(x, y + 150)
  for (let n = 0; n < 6; n++) await page.mouse.wheel(0, 120)
  await page.mouse.click(x + 30, y + 150)
  await expect(page.getByRole('heading', { name: 'leaf-1' })).toBeHidden()
  await page.mouse.click(x, y + 150)
  await expect(page.getByRole('heading', { name: 'leaf-1' })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'PNG as drawn' }).click()
  expect((await saved).suggestedFilename()).toBe('map.png')
})

/** How many colours are in the middle of the map. */
const colours = (page: import('@playwright/test').Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[role=img] canvas')
    const { width, height } = canvas ?? { width: 0, height: 0 }
    const bytes = canvas?.getContext('2d')?.getImageData(width / 2 - 60, height / 2, 120, 1).data ?? []
    return new Set(Array.from({ length: bytes.length / 4 }, (_, n) => bytes.slice(4 * n, 4 * n + 4).join())).size
  })
