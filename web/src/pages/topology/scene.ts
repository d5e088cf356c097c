import type { NetworkMap } from './graph'
import type { Place } from './tiers'
import { bounds } from './view'

/** A node where it is drawn. It is moved in place while somebody drags it. */
export interface Spot extends Place {
  id: string
  label: string
  kind: 'device' | 'site' | 'guessed'
  /** Half of its side, of the map. */
  half: number
}

export interface Line {
  a: Spot
  b: Spot
  /** Claimed by one end only. */
  weak: boolean
}

export interface Scene {
  spots: Spot[]
  lines: Line[]
}

const HALF = { device: 13, site: 28, guessed: 13 }

/** A map and its places, as it is drawn: links know their ends, and one without both is left out. */
export function sceneOf(map: NetworkMap, places: ReadonlyMap<string, Place>): Scene {
  const known = new Map<string, Spot>()
  for (const { id, label, role, guessed } of map.nodes) {
    const kind = role === 'site' ? 'site' : guessed ? 'guessed' : 'device'
    known.set(id, { id, label, kind, half: HALF[kind], ...(places.get(id) ?? { x: 0, y: 0 }) })
  }
  const lines = map.links.flatMap((link) => {
    const [a, b] = [known.get(link.a), known.get(link.b)]
    return a && b ? [{ a, b, weak: !link.proven }] : []
  })
  return { spots: [...known.values()], lines }
}

/** The node at a place of the map; of several the one above. */
export const spotAt = ({ spots }: Scene, { x, y }: Place, slack = 0): Spot | undefined =>
  spots.findLast((s) => Math.abs(s.x - x) <= s.half + slack && Math.abs(s.y - y) <= s.half + slack)

/** Of a label, so that it can be read as the map is fitted; no larger than what is between two nodes has room for. */
export function fontSize({ spots }: Scene): number {
  const { left, top, right, bottom } = bounds(spots)
  // About what is left beside the navigation and below the controls.
  const zoom = Math.min(
    (innerWidth * 0.75) / Math.max(1, right - left),
    (innerHeight * 0.5) / Math.max(1, bottom - top),
  )
  return Math.round(Math.max(15, Math.min(22, 12 / zoom)))
}
