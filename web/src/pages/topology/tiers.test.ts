import { expect, test } from 'vitest'
import { tiers } from './tiers'

const node = (n: number, role: string, site = `s${n % 20}`) => ({ id: `d${n}`, label: '', site, role, platform: '' })

test('what is nearer to the core stands higher', () => {
  const places = tiers({
    nodes: [node(1, 'leaf', 'a'), node(2, 'spine', 'a'), node(3, 'border-router', 'a')],
    links: [],
  })
  const [leaf, spine, border] = ['d1', 'd2', 'd3'].map((id) => places.get(id)?.y ?? Number.NaN) as [
    number,
    number,
    number,
  ]
  expect(border).toBeLessThan(spine)
  expect(spine).toBeLessThan(leaf)
})

test('of 5,000 devices no two stand at one place, and it takes no time', () => {
  const nodes = Array.from({ length: 5000 }, (_, n) => node(n, n % 50 ? 'access' : 'core'))
  const begun = performance.now()
  const places = tiers({ nodes, links: [] })
  expect(performance.now() - begun).toBeLessThan(500)
  expect(new Set([...places.values()].map((p) => `${p.x} ${p.y}`)).size).toBe(5000)
})
