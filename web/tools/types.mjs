/** Types of the API, made of its OpenAPI file: `node tools/types.mjs` writes them, `--check` says when they are stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const here = (path) => new URL(path, import.meta.url)
const TO = fileURLToPath(here('../src/api/schema.d.ts'))
const HEAD = '// Made by `npm run types` of crates/server/openapi.json; not to be edited.\n\n'

// What a request may leave out has a default, so a default does not make a field required.
const nodes = await openapiTS(here('../../crates/server/openapi.json'), {
  alphabetize: true,
  defaultNonNullable: false,
  silent: true,
})
const made = HEAD + astToString(nodes)

if (!process.argv.includes('--check')) writeFileSync(TO, made)
else if (readFileSync(TO, 'utf8') !== made) {
  process.stderr.write('src/api/schema.d.ts is not what crates/server/openapi.json says: run `npm run types`\n')
  process.exit(1)
}
