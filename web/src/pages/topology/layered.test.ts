import { expect, test } from 'vitest'
import { downward } from './layered'

test('a link points from the core to the ports, whoever claimed it first', () => {
  const ranks = new Map([
    ['leaf', 7],
    ['core', 4],
  ])
  const link = { id: 'l', a: 'leaf', b: 'core', aPort: '', bPort: '' }
  expect(downward(link, ranks)).toEqual({ id: 'l', sources: ['core'], targets: ['leaf'] })
})
