import { queryOptions } from '@tanstack/react-query'
import type { NetworkMap } from '../pages/topology/graph'
import { get, text } from './client'
import { moment } from './moment'

/** The map as the server exports it. */
interface MapOf {
  devices: { name: string; platform: string; role: string | null; site: string | null }[]
  links: { a: End; b: End; confirmed: boolean }[]
  unknown: {
    name: string | null
    chassis_id: string | null
    platform: string | null
    seen_from: { device: string; port: string; remote_port: string | null }[]
  }[]
}

interface End {
  device: string
  port: string
}

export const mapQuery = (at: string | undefined) =>
  queryOptions({
    queryKey: ['topology', at],
    queryFn: async ({ signal }) =>
      drawable(
        await get<MapOf>('/api/v1/topology/{format}', { path: { format: 'json' }, query: { at: moment(at) } }, signal),
      ),
    staleTime: 60_000,
  })

export const mapFile = (format: string) => text('/api/v1/topology/{format}', { path: { format } })

/** Devices and their links, and neighbours that nobody visited. */
export function drawable(map: MapOf): NetworkMap {
  const devices = map.devices.map((d) => ({
    id: d.name,
    label: d.name,
    site: d.site ?? '',
    role: d.role ?? '',
    platform: d.platform,
  }))
  const siteOf = new Map(devices.map((d) => [d.id, d.site]))
  const guessed = map.unknown.map((u, at) => ({
    id: `unknown ${at}`,
    label: u.name ?? u.chassis_id ?? 'unknown',
    site: siteOf.get(u.seen_from[0]?.device ?? '') ?? '',
    role: '',
    platform: u.platform ?? '',
    guessed: true,
  }))
  const links = map.links.map((l, at) => ({
    id: `link ${at}`,
    a: l.a.device,
    b: l.b.device,
    aPort: l.a.port,
    bPort: l.b.port,
    proven: l.confirmed,
  }))
  const claims = map.unknown.flatMap((u, at) =>
    u.seen_from.map((s, n) => ({
      id: `claim ${at} ${n}`,
      a: s.device,
      b: `unknown ${at}`,
      aPort: s.port,
      bPort: s.remote_port ?? '',
    })),
  )
  return { nodes: [...devices, ...guessed], links: [...links, ...claims] }
}
