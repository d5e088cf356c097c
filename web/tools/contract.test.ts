import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { world } from '@mock/world'
import { expect, test } from 'vitest'
import { misfits, type Schema } from './schema'

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

const { paths, components } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../crates/server/openapi.json'), 'utf8'),
) as { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

/** Names of parameters and single ids do not count. */
const shape = (key: string) => key.replace(/\{\w+\}|\/\d+(?=\/|$)/g, (part) => (part.startsWith('/') ? '/*' : '*'))

const operations = new Map(
  Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, of]) => [shape(`${verb.toUpperCase()} ${path}`), of] as const),
  ),
)

/** What a request is answered with when all goes well. */
function answerOf(key: string): Schema | undefined {
  const good = Object.entries(operations.get(shape(key))?.responses ?? {}).find(([code]) => code.startsWith('2'))
  return Object.values(good?.[1].content ?? {})[0]?.schema
}

test.each(Object.entries(world))('%s is mocked as the API has it', (key, answer) => {
  expect(operations.has(shape(key)) || key).toBe(true)
  // Facts have the columns of their kind, so `{kind}` stands for all.
  expect(misfits(answer, answerOf(key) ?? {}, components.schemas)).toEqual([])
})

test('a mock that says something else is seen', () => {
  const schema = answerOf('GET /api/v1/devices') ?? {}
  expect(misfits({ items: [{ id: 'one' }] }, schema, components.schemas)).toContain('$.items[0].id: is no integer')
})
