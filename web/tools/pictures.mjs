/**
 * Pictures for the README: `node tools/pictures.mjs FOLDER NAME…` makes `docs/screenshots/NAME.webp` of `FOLDER/NAME.png`, as
 * `SHOTS_OF_LAB=FOLDER npx playwright test shots` took them. The browser packs them, so nothing else is needed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const [folder, ...names] = process.argv.slice(2)
const to = new URL('../../docs/screenshots/', import.meta.url)
const path = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)
const browser = await chromium.launch({
  executablePath: path,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()
mkdirSync(to, { recursive: true })
for (const name of names) {
  const png = readFileSync(`${folder}/${name}.png`).toString('base64')
  const webp = await page.evaluate(async (data) => {
    const picture = new Image()
    picture.src = `data:image/png;base64,${data}`
    await picture.decode()
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    canvas.getContext('2d').drawImage(picture, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 })
    return Array.from(new Uint8Array(await blob.arrayBuffer()))
  }, png)
  writeFileSync(new URL(`${name}.webp`, to), Buffer.from(webp))
  process.stdout.write(`${name}: ${Math.round(webp.length / 1024)} KB\n`)
}
await browser.close()
