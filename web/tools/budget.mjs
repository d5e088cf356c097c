/** Fails when the first page needs more JavaScript than was agreed: 400 KB as it is sent. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const MOST = 400 * 1024
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const needed = new Set()
const add = (key) => {
  if (needed.has(key)) return
  needed.add(key)
  for (const other of manifest[key].imports ?? []) add(other)
}
const page = Object.keys(manifest).find((key) => key.endsWith('pages/dashboard/DashboardPage.tsx'))
for (const key of ['index.html', page]) add(key)

const bytes = [...needed].reduce((sum, key) => sum + gzipSync(readFileSync(`dist/${manifest[key].file}`)).length, 0)
process.stdout.write(`first page: ${Math.round(bytes / 1024)} KB of JavaScript, gzipped; at most ${MOST / 1024}\n`)
if (bytes > MOST) process.exit(1)
