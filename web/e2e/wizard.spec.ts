import { expect, type Page, test } from '@playwright/test'
import { type LabNetwork, MINE, networkUp } from './network'

test.describe.configure({ mode: 'serial' })

let network: LabNetwork
let page: Page

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  network = await networkUp(12)
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
})

test.afterAll(async () => {
  await page?.close()
  await network?.down()
})

test('the first log-in sets a password of one’s own', async () => {
  await page.goto(network.url)
  await page.getByLabel(/^Name/).fill('admin')
  await page.getByLabel(/^Password/).fill(network.oneTimePassword)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByLabel(/until now/).fill(network.oneTimePassword)
  await page.getByLabel('New password *', { exact: true }).fill(MINE)
  await page.getByLabel(/again/).fill(MINE)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible()
})

test('from one address to 12 devices, without leaving the wizard', async () => {
  test.setTimeout(180_000)
  await page.getByRole('link', { name: 'Discover the network' }).click()
  await page.getByLabel(/^Address of one device/).fill(network.seed)
  await page.getByLabel(/^User name\s\*/).fill(network.username)
  await page.getByLabel(/^Password\s\*/).fill(network.password)
  await page.getByRole('button', { name: 'Discover', exact: true }).click()
  await expect(page.getByRole('log')).toContainText('Started:', { timeout: 60_000 })
  const on = page.getByRole('button', { name: 'View final results →' })
  await expect(on).toBeEnabled({ timeout: 120_000 })
  await expect(page.getByText('100 %')).toBeVisible()
  await on.click()
  await page.getByRole('link', { name: 'Browse the inventory' }).click()
  await expect(page.getByText('12 devices')).toBeVisible()
  await expect(page.getByRole('link', { name: 'usa-rtr-1' })).toBeVisible()
})

test('a collection fills the tables, and a value shows the line that proves it', async () => {
  test.setTimeout(240_000)
  await page.goto(`${network.url}/collect?types=configs,arp,mac,lldp`)
  await expect(page.getByText('12 devices match')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByLabel(/^User name\s\*/).fill(network.username)
  await page.getByLabel(/^Password\s\*/).fill(network.password)
  await page.getByRole('button', { name: 'Collect from 12 devices' }).click()
  const on = page.getByRole('button', { name: 'View final results →' })
  await expect(on).toBeEnabled({ timeout: 180_000 })
  await on.click()
  await page.getByRole('link', { name: 'View the ARP catalogue' }).click()
  const first = page
    .getByRole('grid', { name: 'ARP table' })
    .getByRole('button', { name: /^Evidence of/ })
    .first()
  await first.click()
  await expect(page.getByRole('dialog', { name: /^Evidence of/ }).locator('pre')).not.toBeEmpty()
})

test('a change of a configuration is seen when the device is collected again', async () => {
  test.setTimeout(240_000)
  network.velocity('lab', 'change', 'fra-core-1', '--state', network.lab)
  await page.goto(`${network.url}/collect?types=configs`)
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByLabel(/^User name\s\*/).fill(network.username)
  await page.getByLabel(/^Password\s\*/).fill(network.password)
  await page.getByRole('button', { name: /^Collect from/ }).click()
  const on = page.getByRole('button', { name: 'View final results →' })
  await expect(on).toBeEnabled({ timeout: 180_000 })
  await on.click()
  await page.getByRole('link', { name: 'Review configuration changes' }).click()
  const row = page.getByRole('row').filter({ hasText: 'fra-core-1' })
  await row.getByRole('link').first().click()
  await expect(page.locator('.cm-changedLine').first()).toBeVisible()
})
