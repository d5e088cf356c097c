import { expect, test } from 'vitest'
import { bySite, type NetworkMap, pathBetween } from './graph'

const node = (id: string, site: string) => ({ id, label: id, site, role: 'leaf', platform: '' })
const link = (a: string, b: string) => ({ id: `${a}-${b}`, a, b, aPort: 'e1', bPort: 'e2' })
const map: NetworkMap = {
  nodes: [node('a', 'fra'), node('b', 'fra'), node('c', 'ger'), node('d', 'ger'), node('lone', 'usa')],
  links: [link('a', 'b'), link('b', 'c'), link('a', 'c'), link('c', 'd')],
}

test('the shortest way is taken', () => {
  expect(pathBetween(map, 'b', 'd')).toEqual(['b', 'c', 'd'])
})

test('where there is no way there is none', () => {
  expect(pathBetween(map, 'a', 'lone')).toEqual([])
})

test('a closed site is one node, and its links are one', () => {
  const drawn = bySite(map, new Set())
  expect(drawn.nodes.map((n) => n.label)).toEqual(['fra (2)', 'ger (2)', 'usa (1)'])
  expect(drawn.links).toHaveLength(1)
})

test('an open site shows its devices, with links to the closed ones', () => {
  const drawn = bySite(map, new Set(['fra']))
  expect(drawn.nodes.map((n) => n.id)).toEqual(['site:ger', 'site:usa', 'a', 'b'])
  expect(drawn.links.map((l) => [l.a, l.b])).toEqual([
    ['a', 'b'],
    ['b', 'site:ger'],
    ['a', 'site:ger'],
  ])
})
