import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../../api/dashboard'
import type { Count, Figures } from '../../api/types'
import { grouped } from '../../ui/number'
import { SmallStats, Stat } from '../../ui/Stat'

const number = (n: number | undefined) => (n === undefined ? '—' : grouped(n))
const of = (counts: Count[] | undefined, name: string) => counts?.find((c) => c.name === name)?.count ?? 0
const per = (f: Figures | undefined, name: string) => f && number(of(f.by_status, name))

/** Live counts of devices: how many, in which state, and how many there is a credential for. */
export function DeviceStats() {
  const { data: f } = useQuery(figuresQuery)
  const coverage = f && `${Math.floor(f.credential_coverage_percent)} %`
  const out = f ? f.devices - of(f.by_status, 'active') : 0
  return (
    <SmallStats>
      <Stat label="Devices" value={number(f?.devices)} to="/devices" />
      <Stat label="Active" value={per(f, 'active') ?? '—'} to="/devices?status=active" />
      <Stat label="Not active" value={f ? number(out) : '—'} tone={out > 0 ? 'warn' : 'plain'} />
      <Stat label="With a credential" value={coverage ?? '—'} to="/devices?credential=ok" />
      <Stat label="Sites" value={number(f?.sites)} to="/inventory/sites" />
      <Stat label="Platforms" value={number(f?.by_platform.filter((p) => p.name).length)} to="/inventory/platforms" />
    </SmallStats>
  )
}

/** How many records of each kind there are. */
export function RecordStats({ kinds }: { kinds: readonly { path: string; title: string }[] }) {
  const { data: f } = useQuery(figuresQuery)
  return (
    <SmallStats>
      {kinds.map(({ path, title }) => (
        <Stat key={path} label={title} value={f ? number(of(f.records, path)) : '—'} to={`/inventory/${path}`} />
      ))}
      <Stat label="Devices" value={number(f?.devices)} to="/devices" />
    </SmallStats>
  )
}
