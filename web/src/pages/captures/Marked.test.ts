import { expect, test } from 'vitest'
import { parts } from './Marked'

test('what matched is cut out by bytes, also behind letters that take more than one', () => {
  expect(parts('größe 10', [{ start: 8, end: 10 }]).map((p) => [p.text, p.lit])).toEqual([
    ['größe ', false],
    ['10', true],
  ])
})

test('a line without a match is one part', () => {
  expect(parts('x', [])).toEqual([{ at: 0, text: 'x', lit: false }])
})
