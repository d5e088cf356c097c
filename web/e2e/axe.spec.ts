import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { world } from '../mock/world'
import { serve } from './mocked'
import { PAGES } from './pages'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

for (const theme of ['light', 'dark', 'cyber'])
  for (const [path, heading] of PAGES)
    test(`${path} in ${theme}: nobody is shut out`, async ({ page }) => {
      await page.addInitScript((name) => localStorage.setItem('velocity.theme', name), theme)
      await serve(page, world)
      const failed: string[] = []
      page.on('pageerror', (e) => failed.push(e.message))
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1, name: heading }).first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name(path)}-${theme}.png` })
      await page.evaluate(axe)
      const found = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        }),
      )
      expect(failed).toEqual([])
      expect(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)).toEqual(
        [],
      )
    })

const name = (path: string) => path.replace(/[^a-z0-9]+/gi, '_').replace(/^_|_$/g, '') || 'dashboard'
