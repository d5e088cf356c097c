import { expect, test } from '@playwright/test'
import { asWhom, enter, type LabNetwork, networkUp, runToEnd } from './network'

/** Two hundred devices, watched as they are collected: `BIG=1 npx playwright test many`. */
test.skip(!process.env.BIG, 'BIG is not set')

let network: LabNetwork
test.beforeAll(async () => {
  test.setTimeout(600_000)
  network = await networkUp(200)
})
test.afterAll(() => network?.down())

test('two hundred devices are collected, and the last word is 100 % and none remaining', async ({ page }) => {
  test.setTimeout(900_000)
  await enter(page, network)
  await runToEnd(page, '/api/v1/discoveries', { seeds: [network.seed], as_whom: asWhom(network) })
  await page.goto(`${network.url}/collect?types=configs,arp,lldp`)
  await expect(page.getByText('200 devices match')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByLabel(/^User name\s\*/).fill(network.username)
  await page.getByLabel(/^Password\s\*/).fill(network.password)
  await page.getByRole('button', { name: 'Collect from 200 devices' }).click()
  await expect(page.getByRole('log')).toContainText('Started:', { timeout: 60_000 })
  const on = page.getByRole('button', { name: 'View final results →' })
  await expect(on).toBeEnabled({ timeout: 600_000 })
  await expect(page.getByText('100 %')).toBeVisible()
  await on.click()
  const succeeded = page.getByText('Devices succeeded').locator('..')
  await expect(succeeded).toContainText('200')
})
