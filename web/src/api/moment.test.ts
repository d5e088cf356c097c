import { expect, test } from 'vitest'
import { moment } from './moment'

const now = Date.parse('2026-11-21T02:13:00Z')

test.each([
  [undefined, undefined],
  ['now', undefined],
  ['2h ago', '2026-11-21T00:13:00Z'],
  ['30 min', '2026-11-21T01:43:00Z'],
  ['7d ago', '2026-11-14T02:13:00Z'],
  ['2026-11-20', '2026-11-20T00:00:00Z'],
  ['2026-11-20 02:13', '2026-11-20T02:13:00Z'],
  ['next tuesday', 'next tuesday'],
])('%s is %s', (said, told) => {
  expect(moment(said, now)).toBe(told)
})
