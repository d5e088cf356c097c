import type { ElkNode } from 'elkjs/lib/elk-api'
import type { NetworkMap } from './graph'
import type { Place } from './tiers'

/** A layered layout by ELK in a worker, so that the page can be used meanwhile. */
export async function layered(map: NetworkMap): Promise<Map<string, Place>> {
  const [{ default: Elk }, { default: url }] = await Promise.all([
    import('elkjs/lib/elk-api'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ])
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
    edges: map.links.map((l) => ({ id: l.id, sources: [l.a], targets: [l.b] })),
  }
  try {
    const done = await elk.layout(graph)
    return new Map((done.children ?? []).map((c) => [c.id, { x: c.x ?? 0, y: c.y ?? 0 }]))
  } finally {
    elk.terminateWorker()
  }
}
