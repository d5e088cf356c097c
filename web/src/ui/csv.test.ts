import { expect, test } from 'vitest'
import { csv } from './csv'

test('quotes, commas and line breaks are quoted', () => {
  expect(csv(['a', 'b'], [['x,y', 'say "hi"\n']])).toBe('a,b\r\n"x,y","say ""hi""\n"\r\n')
})

test('a formula is disarmed and a negative number is not', () => {
  expect(csv(['a'], [['=cmd()'], ['-5'], ['@x'], [null]])).toBe("a\r\n'=cmd()\r\n-5\r\n'@x\r\n\r\n")
})
