/** A map of devices and links, as drawn. It knows no server: a node and a link are what is needed to draw them. */
export interface MapNode {
  id: string
  label: string
  site: string
  role: string
  platform: string
  /** Seen as a neighbour only, never visited. */
  guessed?: boolean
}

export interface MapLink {
  id: string
  a: string
  b: string
  aPort: string
  bPort: string
  /** Both ends said it. */
  proven?: boolean
}

export interface NetworkMap {
  nodes: MapNode[]
  links: MapLink[]
}

/** The nodes of the shortest way between two, both included; none when there is no way. */
export function pathBetween(map: NetworkMap, from: string, to: string): string[] {
  const near = neighbours(map)
  const cameFrom = new Map<string, string>([[from, from]])
  const open = [from]
  for (const node of open) {
    if (node === to) return unwound(cameFrom, from, to)
    for (const next of near.get(node) ?? [])
      if (!cameFrom.has(next)) {
        cameFrom.set(next, node)
        open.push(next)
      }
  }
  return []
}

function unwound(cameFrom: Map<string, string>, from: string, to: string): string[] {
  const path = [to]
  while (path[0] !== from) path.unshift(cameFrom.get(path[0] as string) as string)
  return path
}

function neighbours(map: NetworkMap): Map<string, string[]> {
  const near = new Map<string, string[]>(map.nodes.map((n) => [n.id, []]))
  for (const { a, b } of map.links) {
    near.get(a)?.push(b)
    near.get(b)?.push(a)
  }
  return near
}

/** One node for each site and one link for each pair of sites that have links: what is drawn when all is too much. */
export function bySite(map: NetworkMap, open: ReadonlySet<string>): NetworkMap {
  const siteOf = new Map(map.nodes.map((n) => [n.id, n.site]))
  const drawn = (id: string) => {
    const site = siteOf.get(id) ?? ''
    return open.has(site) ? id : siteNode(site)
  }
  const counts = new Map<string, number>()
  for (const n of map.nodes) counts.set(n.site, (counts.get(n.site) ?? 0) + 1)
  const sites = [...counts]
    .filter(([site]) => !open.has(site))
    .map(([site, count]) => ({
      id: siteNode(site),
      label: `${site || 'no site'} (${count})`,
      site,
      role: 'site',
      platform: '',
    }))
  return { nodes: [...sites, ...map.nodes.filter((n) => open.has(n.site))], links: joined(map.links, drawn) }
}

export const siteNode = (site: string) => `site:${site}`

function joined(links: MapLink[], drawn: (id: string) => string): MapLink[] {
  const kept = new Map<string, MapLink>()
  for (const link of links) {
    const [a, b] = [drawn(link.a), drawn(link.b)]
    if (a === b) continue
    const whole = a === link.a && b === link.b
    const key = whole ? link.id : [a, b].sort().join(' ~ ')
    if (!kept.has(key)) kept.set(key, whole ? link : { id: key, a, b, aPort: '', bPort: '' })
  }
  return [...kept.values()]
}
