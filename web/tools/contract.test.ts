import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { world } from '@mock/world'
import { expect, test } from 'vitest'

const at = (path: string) => resolve(import.meta.dirname, path)
const { paths } = JSON.parse(readFileSync(at('../../crates/server/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>
}

test('what the mock answers is what the API has', () => {
  const known = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map((v) => `${v.toUpperCase()} ${path}`),
  )
  const shapes = new Set(known.map(shape))
  expect(Object.keys(world).filter((key) => !shapes.has(shape(key)))).toEqual([])
})

/** Names of parameters and single ids do not count. */
const shape = (key: string) => key.replace(/\{\w+\}|\/\d+(?=\/|$)/g, (part) => (part.startsWith('/') ? '/*' : '*'))
