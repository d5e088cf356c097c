import { queryOptions } from '@tanstack/react-query'
import type { NetworkMap } from '../pages/topology/graph'
import { get, text } from './client'
import { moment } from './moment'
import type { paths } from './schema'

/** The map as the server gives it, in the form of Cytoscape. */
export interface MapOf {
  elements: {
    nodes: { data: NodeOf }[]
    edges: { data: EdgeOf }[]
  }
}

interface NodeOf {
  id: string
  label: string
  /** Absent for a group, which others have as parent. */
  kind?: string
  platform?: string | null
  site?: string | null
  role?: string | null
}

interface EdgeOf {
  id: string
  source: string
  target: string
  source_port?: string | null
  target_port?: string | null
  confirmed?: boolean
}

export const mapQuery = (at: string | undefined) =>
  queryOptions({
    queryKey: ['topology', at],
    queryFn: async ({ signal }) =>
      drawable((await get('/api/v1/topology', { query: { at: moment(at) } }, signal)) as unknown as MapOf),
    staleTime: 60_000,
  })

/** What came and went between a moment and now. */
export const mapDifference = (from: string) =>
  queryOptions({
    queryKey: ['topology-diff', from],
    queryFn: ({ signal }) => get('/api/v1/topology/diff', { query: { from } }, signal),
    staleTime: 60_000,
  })

export type MapFormat = paths['/api/v1/topology/export']['get']['parameters']['query']['format']

export const mapFile = (format: MapFormat) => text('/api/v1/topology/export', { query: { format } })

/** Devices and their links, and neighbours that nobody visited. Groups are made here, of the sites. */
export function drawable({ elements: { nodes, edges } }: MapOf): NetworkMap {
  const devices = nodes.filter(({ data }) => data.kind !== undefined)
  return {
    nodes: devices.map(({ data: d }) => ({
      id: d.id,
      label: d.label,
      site: d.site ?? '',
      role: d.role ?? '',
      platform: d.platform ?? '',
      guessed: d.kind === 'unknown',
    })),
    links: edges.map(({ data: e }) => ({
      id: e.id,
      a: e.source,
      b: e.target,
      aPort: e.source_port ?? '',
      bPort: e.target_port ?? '',
      proven: e.confirmed,
    })),
  }
}
