import type { MapNode, NetworkMap } from './graph'

export interface Place {
  x: number
  y: number
}

/** From the edge of the world down to the ports. What is not named stands in the last row. */
const ROWS = ['border', 'wan', 'router', 'firewall', 'core', 'spine', 'distribution', 'leaf', 'access']
const STEP = { x: 130, y: 110 }
const GAP = 160
const WIDEST = 24

/**
 * A place for each device without a search for the best: each site is a block with a row for each role, the blocks lie in a
 * square. Takes milliseconds for thousands, where a layered layout takes minutes.
 */
export function tiers(map: NetworkMap): Map<string, Place> {
  const blocks = [...grouped(map.nodes, (n) => n.site)].map(([, nodes]) => block(nodes))
  const width = Math.ceil(Math.sqrt(blocks.reduce((sum, b) => sum + (b.width + GAP) * (b.height + GAP), 0)))
  const places = new Map<string, Place>()
  let [x, y, tallest] = [0, 0, 0]
  for (const { at, width: wide, height } of blocks) {
    if (x > 0 && x + wide > width) [x, y, tallest] = [0, y + tallest + GAP, 0]
    for (const [id, place] of at) places.set(id, { x: x + place.x, y: y + place.y })
    x += wide + GAP
    tallest = Math.max(tallest, height)
  }
  return places
}

function block(nodes: MapNode[]) {
  const rows = [...grouped(nodes, (n) => rank(n.role))].toSorted(([a], [b]) => a - b).flatMap(([, row]) => cut(row))
  const widest = Math.max(...rows.map((r) => r.length))
  const at = rows.flatMap((row, y) =>
    row.map((n, x): [string, Place] => [n.id, { x: (x + (widest - row.length) / 2) * STEP.x, y: y * STEP.y }]),
  )
  return { at, width: widest * STEP.x, height: rows.length * STEP.y }
}

/** 0 at the edge of the world, more towards the ports. */
export function rank(role: string): number {
  const at = ROWS.findIndex((word) => role.toLowerCase().includes(word))
  return at < 0 ? ROWS.length : at
}

function cut(row: MapNode[]): MapNode[][] {
  const rows = []
  for (let at = 0; at < row.length; at += WIDEST) rows.push(row.slice(at, at + WIDEST))
  return rows
}

function grouped<K>(nodes: MapNode[], key: (node: MapNode) => K): Map<K, MapNode[]> {
  const groups = new Map<K, MapNode[]>()
  for (const n of nodes) {
    const group = groups.get(key(n))
    if (group) group.push(n)
    else groups.set(key(n), [n])
  }
  return groups
}
