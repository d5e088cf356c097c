import type { ElkNode } from 'elkjs/lib/elk-api'
import type { MapLink, NetworkMap } from './graph'
import { type Place, rank } from './tiers'

/** A layered layout by ELK in a worker, so that the page can be used meanwhile. */
export async function layered(map: NetworkMap): Promise<Map<string, Place>> {
  const [{ default: Elk }, { default: url }] = await Promise.all([
    import('elkjs/lib/elk-api'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ])
  const ranks = new Map(map.nodes.map((n) => [n.id, rank(n.role)]))
  const elk = new Elk({ workerUrl: url })
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.spacing.nodeNode': '60',
      'elk.layered.spacing.nodeNodeBetweenLayers': '90',
    },
    children: map.nodes.map((n) => ({ id: n.id, width: 90, height: 50 })),
    edges: map.links.map((l) => downward(l, ranks)),
  }
  try {
    const done = await elk.layout(graph)
    return new Map((done.children ?? []).map((c) => [c.id, { x: c.x ?? 0, y: c.y ?? 0 }]))
  } finally {
    elk.terminateWorker()
  }
}

/** A link points from the core to the ports, so that the core is drawn above. */
export function downward({ id, a, b }: MapLink, ranks: ReadonlyMap<string, number>) {
  const [from, to] = (ranks.get(a) ?? 0) <= (ranks.get(b) ?? 0) ? [a, b] : [b, a]
  return { id, sources: [from], targets: [to] }
}
