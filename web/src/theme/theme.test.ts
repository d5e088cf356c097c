import { expect, test } from 'vitest'
import { contrast } from './contrast'
import { palettes, type ThemeName } from './palettes'

const names = Object.keys(palettes) as ThemeName[]

test.each(names)('%s: text can be read on every ground', (name) => {
  const p = palettes[name]
  const weak = (['text', 'quiet', 'primary', 'secondary', 'ok', 'warn', 'bad', 'info'] as const).flatMap((ink) =>
    (['ground', 'paper', 'raised'] as const)
      .map((under) => ({ ink, under, ratio: contrast(p[ink], p[under]) }))
      .filter(({ ratio }) => ratio < 4.5),
  )
  expect(weak).toEqual([])
})

test.each(names)('%s: text can be read in a diff, on a match and on a button', (name) => {
  const p = palettes[name]
  for (const under of [p.added, p.removed, p.mark]) expect(contrast(p.text, under)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(p.onPrimary, p.primary)).toBeGreaterThanOrEqual(4.5)
})

test('black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})
