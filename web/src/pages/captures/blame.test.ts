import { expect, test } from 'vitest'
import { blame, type Version } from './blame'

const of = (...texts: string[]) =>
  blame(texts.map((text, n): Version => ({ version: n + 1, at: `2026-11-2${n}`, text }))).map(
    (l) => `${l.version} ${l.text}`,
  )

test('a line that was always there is of the first version', () => {
  expect(of('a\nb\n', 'a\nb\n', 'a\nb\n')).toEqual(['1 a', '1 b'])
})

test('a new line is of the version that brought it, wherever it stands', () => {
  expect(of('a\nc\n', 'a\nb\nc\n', 'a\nb\nc\nd\n')).toEqual(['1 a', '2 b', '1 c', '3 d'])
})

test('a changed line is of the version that changed it, and its neighbours stay', () => {
  expect(of('a\nb\nc\n', 'a\nB\nc\n')).toEqual(['1 a', '2 B', '1 c'])
})

test('a line that went and came back is of the version with which it came back', () => {
  expect(of('a\nb\n', 'a\n', 'a\nb\n')).toEqual(['1 a', '3 b'])
})

test('equal lines keep their order', () => {
  expect(of('!\nx\n!\n', '!\ny\n!\nx\n!\n')).toEqual(['1 !', '2 y', '2 !', '1 x', '1 !'])
})
