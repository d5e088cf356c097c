import { expect, type Page, test } from '@playwright/test'
import { asWhom, enter, type LabNetwork, networkUp, runToEnd } from './network'

/** A working day on a network of twelve: vault, credential, job, schedule, notes, roles. */
test.describe.configure({ mode: 'serial' })

let network: LabNetwork
let page: Page

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000)
  network = await networkUp(12)
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  await enter(page, network)
  await runToEnd(page, '/api/v1/discoveries', { seeds: [network.seed], as_whom: asWhom(network) })
})

test.afterAll(async () => {
  await page?.close()
  await network?.down()
})

test('the vault is made, and a credential sealed in it is not shown again', async () => {
  await page.goto(`${network.url}/vault`)
  await page.getByRole('button', { name: 'Make the vault' }).click()
  await page.getByLabel('Password of the vault *').fill('a vault of my own')
  await page.getByLabel('The same again *').fill('a vault of my own')
  await page.getByRole('button', { name: 'Make', exact: true }).click()
  await page.getByRole('button', { name: 'New credential' }).click()
  const panel = page.getByRole('dialog', { name: 'New credential' })
  await panel.getByLabel('Name *', { exact: true }).fill('lab')
  await panel.getByLabel('User name *').fill(network.username)
  await panel.getByLabel('Password', { exact: true }).fill(network.password)
  await panel.getByRole('button', { name: 'Seal' }).click()
  await expect(page.getByRole('row').filter({ hasText: network.username })).toContainText('lab')
  expect(await page.content()).not.toContain(network.password)
})

test('a job says how many devices it would ask before it is kept, and is run with the vault', async () => {
  test.setTimeout(180_000)
  await page.goto(`${network.url}/jobs/new`)
  await page.getByLabel('Name *', { exact: true }).fill('Nightly ARP')
  await expect(page.getByText('12 devices match')).toBeVisible()
  await page.getByRole('tab', { name: 'Commands' }).click()
  await page.getByRole('checkbox', { name: 'Configuration' }).click()
  await page.getByRole('checkbox', { name: 'ARP table' }).click()
  await page.getByRole('tab', { name: 'Device filters' }).click()
  await page.getByLabel('Site').fill('fra')
  await page.keyboard.press('Enter')
  await expect(page.getByText('12 devices match')).toBeHidden()
  const matching = Number((await page.getByText(/devices? match(es)?$/).textContent())?.match(/\d+/)?.[0])
  expect(matching).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Nightly ARP' })).toBeVisible()
  await page.getByRole('button', { name: 'Run…' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('heading', { name: /^Execution \d+/ })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Results' }).getByText('✓ success')).toHaveCount(matching, {
    timeout: 120_000,
  })
})

test('a schedule shows its next runs before it is kept', async () => {
  await page.goto(`${network.url}/schedules`)
  await page.getByRole('button', { name: 'New schedule' }).click()
  await page.getByLabel('Job *').fill('nightly')
  await page.getByRole('option', { name: 'nightly-arp' }).click()
  await page.getByRole('button', { name: 'Daily at 02:00' }).click()
  await expect(page.getByRole('list', { name: 'Next runs' }).getByRole('listitem')).toHaveCount(6)
  await page.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('row').filter({ hasText: 'nightly-arp' })
  await expect(row).toContainText('active')
  await row.getByRole('button', { name: /^Pause/ }).click()
  await expect(row).toContainText('paused')
})

test('a device is moved to another site by a bulk edit, and back by its undo', async () => {
  await page.goto(`${network.url}/devices`)
  await page.getByRole('checkbox', { name: 'Pick fra-core-1', exact: true }).check()
  await page.getByRole('button', { name: 'Edit 1…' }).click()
  await page.getByLabel('Site', { exact: true }).last().fill('lisbon')
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByText(/site: .* → lisbon/)).toBeVisible()
  await page.getByRole('button', { name: 'Change 1 devices' }).click()
  const row = page.getByRole('row').filter({ hasText: 'fra-core-1' })
  await expect(row).toContainText('lisbon')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).not.toContainText('lisbon')
})

test('who may only look is offered nothing else, and is refused by the server too', async ({ browser }) => {
  await page.goto(`${network.url}/users`)
  await page.getByRole('button', { name: 'New user' }).click()
  await page.getByLabel('Name *').fill('vera')
  await page.getByRole('button', { name: 'Add' }).click()
  const once = await page.getByRole('dialog').locator('code, .mono').first().textContent()
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
  const vera = await context.newPage()
  await enter(vera, { ...network, oneTimePassword: once?.trim() ?? '' }, 'vera')
  await vera.goto(`${network.url}/devices`)
  await expect(vera.getByRole('link', { name: 'fra-core-1' })).toBeVisible()
  await expect(vera.getByRole('button', { name: /New device|Edit|Delete/ })).toHaveCount(0)
  await expect(vera.getByRole('link', { name: 'Users and tokens' })).toHaveCount(0)
  await vera.goto(`${network.url}/jobs/new`)
  await expect(vera.getByText('Jobs are changed by operators.')).toBeVisible()
  const refused = await vera.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-velocity': '1' }
    return (await fetch('/api/v1/sites', { method: 'POST', headers, body: '{"set":{"name":"x"}}' })).status
  })
  expect(refused).toBe(403)
  await context.close()
})

test('a terminal on a device answers what is typed', async () => {
  await page.goto(`${network.url}/terminal?device=fra-core-1`)
  await expect(page.getByText(/by credential lab/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('textbox', { name: /Terminal input/i }).focus()
  await page.keyboard.type('show version')
  await page.keyboard.press('Enter')
  await expect(page.locator('.xterm-accessibility')).toContainText(/version/i, { timeout: 20_000 })
})
