import { expect, test } from 'vitest'
import { grouped } from './number'

test.each([0, 7, 999, 1000, 10_000, 123_456, 1_000_000, -4200])('%s is written as the browser writes it', (n) => {
  expect(grouped(n)).toBe(n.toLocaleString('en'))
})
