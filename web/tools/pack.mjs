/** Puts a packed form beside each file that gets smaller by it: the binary holds those, and packs nothing itself. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const PACKED = /\.(html|js|mjs|css|svg|json|webmanifest|txt|wasm)$/
/** What is smaller than a packet gains nothing. */
const LEAST = 1024

const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
let [plain, packed] = [0, 0]
for (const file of readdirSync('dist', { recursive: true })) {
  const path = `dist/${file}`
  if (!PACKED.test(path) || path.includes('/.vite/')) continue
  const bytes = readFileSync(path)
  if (bytes.length < LEAST) continue
  const [gzip, brotli] = [gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes, quality)]
  writeFileSync(`${path}.gz`, gzip)
  writeFileSync(`${path}.br`, brotli)
  plain += bytes.length
  packed += gzip.length + brotli.length
}
process.stdout.write(
  `packed: ${Math.round(plain / 1024)} KB are ${Math.round(packed / 1024)} KB, as gzip and as brotli\n`,
)
