import { expect, test } from 'vitest'
import { hear } from './hands'

/** What is done by hands: `down`, `move`, `up` or `cancel`, the finger, and its x. */
function done(pointerType: 'mouse' | 'touch', ...hands: [what: string, finger: number, x: number][]): string[] {
  const on = Object.assign(document.createElement('div'), { setPointerCapture: () => {} })
  const all: string[] = []
  hear(on, {
    grab: ({ x }) => all.push(`grab ${x}`),
    move: ({ x }) => all.push(`move ${x}`),
    drop: () => all.push('drop'),
    release: () => all.push('release'),
    tap: ({ x }) => all.push(`tap ${x}`),
    zoom: (by) => all.push(`zoom ${by}`),
  })
  // jsdom knows no pointers, only the mouse.
  for (const [what, pointerId, clientX] of hands)
    on.dispatchEvent(Object.assign(new MouseEvent(`pointer${what}`, { clientX }), { pointerType, pointerId }))
  return all
}

test('a finger that rolls taps, as long as it is where it came down', () => {
  const rolls = [6, -6, 6, -6, 6].map((by): [string, number, number] => ['move', 1, 100 + by])
  expect(done('touch', ['down', 1, 100], ...rolls, ['up', 1, 106])).toEqual(['grab 100', 'tap 100'])
})

test('what slips is dragged all of its way, a mouse sooner than a finger', () => {
  const way: [string, number, number][] = [
    ['down', 1, 100],
    ['move', 1, 106],
    ['move', 1, 120],
    ['up', 1, 120],
  ]
  expect(done('mouse', ...way)).toEqual(['grab 100', 'move 6', 'move 14', 'drop'])
  expect(done('touch', ...way)).toEqual(['grab 100', 'move 20', 'drop'])
})

test('a second finger lets go of what the first has grabbed, and at the end nothing is tapped', () => {
  const pinch = done('touch', ['down', 1, 100], ['down', 2, 200], ['move', 2, 300], ['up', 2, 300], ['up', 1, 100])
  expect(pinch).toEqual(['grab 100', 'release', 'zoom 2', 'drop'])
})

test('a hand that the system takes away drops nothing', () => {
  expect(done('touch', ['down', 1, 100], ['cancel', 1, 100])).toEqual(['grab 100', 'release'])
  expect(done('touch', ['down', 1, 100], ['move', 1, 150], ['cancel', 1, 150]).at(-1)).toBe('release')
})
