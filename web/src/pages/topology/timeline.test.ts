import { expect, test } from 'vitest'
import { momentOf, stepsOf } from './timeline'

const now = Date.parse('2026-11-21T02:13:40Z')

test('the right end is now, and asks for no moment', () => {
  expect(momentOf(0, 7, now)).toBeUndefined()
  expect(stepsOf(undefined, 7, now)).toBe(0)
})

test('the left end is so many days ago, in whole minutes', () => {
  expect(momentOf(-100, 7, now)).toBe('2026-11-14T02:13:00Z')
})

test('a moment of the URL is found again on the slider, and one that it does not reach is at its beginning', () => {
  expect(stepsOf(momentOf(-30, 30, now), 30, now)).toBe(-30)
  expect(stepsOf('2020-01-01T00:00:00Z', 7, now)).toBe(-100)
})
