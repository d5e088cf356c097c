import { expect, test } from 'vitest'
import { ahead, type Sight } from './sight'

const COUNT = 10_000

/** Scrolls by so many rows in each frame, and gives what is drawn after each. */
function scrolled(start: Sight, from: number, steps: number[]): { seen: Sight; drawn: Sight }[] {
  let [drawn, first] = [start, from]
  return steps.map((by) => {
    first += by
    const seen = { from: Math.max(0, first), to: Math.min(COUNT, first + 14) }
    drawn = ahead(drawn, seen, by, COUNT)
    return { seen, drawn }
  })
}

test('what is in sight is drawn, however far a scroll goes', () => {
  const frames = scrolled({ from: 0, to: 16 }, 0, [7, 7, 7, 500, -3, -4000, 60, 9000, 2000])
  for (const { seen, drawn } of frames) {
    expect(drawn.from).toBeLessThanOrEqual(seen.from)
    expect(drawn.to).toBeGreaterThanOrEqual(seen.to)
  }
})

test('a frame of a fifth of a second finds its rows there, once a scroll of 15,000 pixels a second has gone on for some frames', () => {
  const last = scrolled({ from: 0, to: 38 }, 0, Array<number>(20).fill(8)).at(-1)
  expect(last && last.drawn.to - last.seen.to).toBeGreaterThanOrEqual(80)
})

test('no frame draws many more rows than come into sight', () => {
  const frames = scrolled({ from: 0, to: 38 }, 0, Array<number>(50).fill(8))
  const drawn = frames.map(({ drawn }, n) => drawn.to - (frames[n - 1]?.drawn.to ?? 38))
  expect(Math.max(...drawn)).toBeLessThanOrEqual(24)
})

test('a hand that trembles draws nothing anew', () => {
  const start = scrolled({ from: 0, to: 16 }, 400, Array<number>(30).fill(2)).at(-1)?.drawn as Sight
  const trembled = scrolled(start, 460, [-1, 1, -1, 1])
  expect(trembled.at(-1)?.drawn.from).toBeLessThanOrEqual(start.from)
  expect(trembled.at(-1)?.drawn.to).toBeGreaterThanOrEqual(474 + 12)
})

test('a table that was just drawn has no more rows than are in sight, and a few', () => {
  expect(ahead({ from: 0, to: 16 }, { from: 0, to: 13 }, 0, COUNT, 0)).toEqual({ from: 0, to: 16 })
  expect(ahead({ from: 0, to: 16 }, { from: 0, to: 30 }, 0, COUNT, 0)).toEqual({ from: 0, to: 33 })
})

test('not more than there is, and not without end', () => {
  expect(ahead({ from: 0, to: 16 }, { from: 0, to: 5 }, 0, 5)).toEqual({ from: 0, to: 5 })
  expect(ahead({ from: 0, to: 16 }, { from: 0, to: 0 }, 0, 0)).toEqual({ from: 0, to: 0 })
  for (const { drawn } of scrolled({ from: 0, to: 16 }, 0, Array<number>(200).fill(9)))
    expect(drawn.to - drawn.from).toBeLessThanOrEqual(14 + 90 + 12 + 16)
})

test('rows that were drawn ahead stay when more are loaded', () => {
  const drawn = { from: 60, to: 234 }
  expect(ahead(drawn, { from: 100, to: 114 }, 0, COUNT, 0)).toEqual(drawn)
})
