import { expect, test } from 'vitest'
import { NEW_JOB, withPart } from './draft'

test('what is emptied is left out, so that it is as the config says', () => {
  const slow = withPart(NEW_JOB, 'how', { timeout: 90, delay: 2 })
  expect(withPart(slow, 'how', { timeout: undefined }).how).toEqual({ delay: 2 })
  expect(withPart(NEW_JOB, 'which', { site: [] }).which).toEqual({})
})

test('other parts stay', () => {
  const leafs = withPart(NEW_JOB, 'which', { role: ['leaf'] })
  expect(withPart(leafs, 'what', { captures: ['arp'] })).toMatchObject({
    what: { captures: ['arp'] },
    which: { role: ['leaf'] },
  })
})
