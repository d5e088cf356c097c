import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { world } from '@mock/world'
import { expect, test } from 'vitest'

const at = (path: string) => resolve(import.meta.dirname, path)
const { paths } = JSON.parse(readFileSync(at('../../crates/server/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>
}
/** Records of people are of a kind that is put into the path; sites stand for all of them. */
const KIND = '$' + '{kind}'

test('every path that the screens ask for is one of the API', () => {
  const files = readdirSync(at('../src/api')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const text = files.map((name) => readFileSync(at(`../src/api/${name}`), 'utf8')).join('\n')
  const asked = [...text.matchAll(/['"`](\/api\/[^'"`?]+)/g)].map((m) => (m[1] ?? '').replace(KIND, 'sites'))
  expect(asked.length).toBeGreaterThan(20)
  expect(asked.filter((path) => !(path in paths))).toEqual([])
})

test('what the mock answers is what the API has', () => {
  const known = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map((v) => `${v.toUpperCase()} ${path}`),
  )
  const shapes = new Set(known.map(shape))
  expect(Object.keys(world).filter((key) => !shapes.has(shape(key)))).toEqual([])
})

/** Names of parameters and single ids do not count. */
const shape = (key: string) => key.replace(/\{\w+\}|\/\d+(?=\/|$)/g, (part) => (part.startsWith('/') ? '/*' : '*'))
