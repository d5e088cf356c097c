import { expect, test } from 'vitest'
import { ago, span } from './time'

const now = Date.parse('2026-11-21T02:13:00Z')

test.each([
  ['2026-11-21T02:13:00Z', 'now'],
  ['2026-11-21T02:12:15Z', '45 s ago'],
  ['2026-11-21T01:13:00Z', '1 h ago'],
  ['2026-11-19T02:13:00Z', '2 d ago'],
  ['2026-11-21T02:18:00Z', 'in 5 min'],
  ['never', 'never'],
])('%s is %s', (moment, said) => {
  expect(ago(moment, now)).toBe(said)
})

test.each([
  [900, '900 ms'],
  [41_000, '41 s'],
  [3_725_000, '1 h 2 min 5 s'],
])('%d ms is %s', (ms, said) => {
  expect(span(ms)).toBe(said)
})
