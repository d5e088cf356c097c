import { expect, test } from 'vitest'
import { sceneOf, spotAt } from './scene'
import { bounds, fitted, onMap, seen, zoomed } from './view'

const size = { width: 800, height: 400 }

test('a map that is fitted is in sight as a whole, in the middle', () => {
  const view = fitted(
    bounds([
      { x: -500, y: 0 },
      { x: 1500, y: 300 },
    ]),
    size,
    40,
  )
  expect(onMap(view, { x: 40, y: 200 }).x).toBeCloseTo(-500)
  expect(onMap(view, { x: 760, y: 200 })).toEqual({ x: expect.closeTo(1500), y: expect.closeTo(150) })
})

test('one node, or none, is fitted too', () => {
  expect(onMap(fitted(bounds([{ x: 7, y: 9 }]), size, 40), { x: 400, y: 200 })).toEqual({ x: 7, y: 9 })
  expect(fitted(bounds([]), size, 40).zoom).toBe(3)
})

test('what the pointer is on stays there when it is zoomed, and there is an end to it', () => {
  const view = { zoom: 0.5, x: 30, y: -20 }
  const at = { x: 123, y: 321 }
  const near = zoomed(view, 2, at)
  expect(near.zoom).toBe(1)
  expect(onMap(near, at)).toEqual(onMap(view, at))
  expect(zoomed(view, 1000, at).zoom).toBe(3)
  expect(zoomed(view, 0, at).zoom).toBe(0.02)
})

test('what is in the window is told in the measure of the map', () => {
  expect(seen({ zoom: 2, x: 100, y: 0 }, size)).toEqual({ left: -50, top: 0, right: 350, bottom: 200 })
})

const node = (id: string, role = 'leaf') => ({ id, label: id, site: '', role, platform: '' })
const link = (a: string, b: string, proven = true) => ({ id: `${a}-${b}`, a, b, aPort: '', bPort: '', proven })
const map = { nodes: [node('a'), node('b', 'site')], links: [link('a', 'b', false), link('a', 'gone')] }
const places = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 20, y: 0 }],
])

test('of two nodes that lie on each other the one above is meant, and beside them none', () => {
  const scene = sceneOf(map, places)
  expect(spotAt(scene, { x: 5, y: 0 })?.id).toBe('b')
  expect(spotAt(scene, { x: -12, y: 0 })?.id).toBe('a')
  expect(spotAt(scene, { x: -15, y: 0 })).toBeUndefined()
  expect(spotAt(scene, { x: -15, y: 0 }, 3)?.id).toBe('a')
})

test('a link follows its ends, and one of whose ends is not on the map is not drawn', () => {
  const { spots, lines } = sceneOf(map, places)
  expect(lines.map((l) => [l.a.id, l.b.id, l.weak])).toEqual([['a', 'b', true]])
  expect(lines[0]?.a).toBe(spots[0])
})
