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
