import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { idOf } from '../ui/markdown'
import { HELP_PARTS, helpFor } from './helpFor'

test('every part that a page names is in the user guide', () => {
  const guide = readFileSync(resolve(import.meta.dirname, '../../../docs/operating.md'), 'utf8')
  const parts = guide.match(/^#+ .+$/gm)?.map((line) => idOf(line.replace(/^#+ /, '')))
  expect(HELP_PARTS.filter((part) => !parts?.includes(part))).toEqual([])
})

test.each([
  ['/', '/help/operating#begin'],
  ['/devices/leaf-1', '/help/operating#the-inventory-by-hand'],
  ['/devicesx', '/help/operating'],
  ['/executions/3', '/help/operating#runs'],
])('help for %s', (path, to) => {
  expect(helpFor(path)).toBe(to)
})
