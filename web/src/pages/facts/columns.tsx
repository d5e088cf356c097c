import type { FactView } from '../../api/types'
import { CopyButton } from '../../ui/Copy'
import type { Column } from '../../ui/table/columns'
import { When } from '../../ui/When'
import { ProofMark } from '../captures/ProofMark'
import { DeviceLink } from '../devices/columns'

/** What every fact has besides its own columns. */
const COMMON = new Set(['device', 'first_seen', 'last_seen', 'gone_at', 'evidence', 'proof'])

/** What is looked at first of the kinds that are looked at most; other kinds show what they have. */
const FIRST: Record<string, string[]> = {
  arp: ['ip', 'mac', 'interface', 'vrf'],
  mac: ['mac', 'vlan', 'interface', 'entry_type'],
  routes: ['prefix', 'protocol', 'next_hop', 'interface', 'distance', 'metric', 'vrf'],
  interfaces: ['name', 'oper_status', 'admin_status', 'description', 'speed', 'mtu'],
  components: ['name', 'part_number', 'serial', 'description'],
}

const WIDE = new Set(['description', 'interface', 'prefix', 'name', 'text'])

/** The device, the columns of the kind, since when and until when; the mark of proof stands by the first value. */
export function factColumns(kind: string, rows: FactView[]): Column<FactView>[] {
  const there = Object.keys(rows[0] ?? {}).filter((c) => !COMMON.has(c))
  const first = (FIRST[kind] ?? []).filter((c) => there.length === 0 || there.includes(c))
  const own = [...first, ...there.filter((c) => !first.includes(c))]
  return [
    { id: 'device', head: 'Device', width: 130, text: (f) => f.device, cell: (f) => <DeviceLink slug={f.device} /> },
    ...own.map((name, at) => column(name, at === 0)),
    {
      id: 'first_seen',
      head: 'First seen',
      width: 105,
      text: (f) => f.first_seen,
      cell: (f) => <When at={f.first_seen} />,
    },
    {
      id: 'last_seen',
      head: 'Last seen',
      width: 105,
      text: (f) => f.last_seen,
      cell: (f) => <When at={f.last_seen} />,
    },
  ]
}

/** Columns of addresses: in a fixed pitch, with a button that copies. */
const MONO = /^(.+_)?(mac|ip|prefix|next_hop|address)$/

function column(name: string, proven: boolean): Column<FactView> {
  const text = (f: FactView) => said(f[name])
  const mono = MONO.test(name)
  return {
    id: name,
    head: headOf(name),
    width: mono ? 195 : WIDE.has(name) ? 170 : 105,
    grow: WIDE.has(name) ? 2 : 1,
    text,
    mono,
    cell: (f) => (
      <>
        {text(f)}
        {mono && text(f) !== '' && <CopyButton text={text(f)} />}
        {proven && <ProofMark evidence={f.evidence} of={`${text(f)} on ${f.device}`} />}
      </>
    ),
  }
}

const ACRONYMS: Record<string, string> = {
  ip: 'IP',
  mac: 'MAC',
  vrf: 'VRF',
  vlan: 'VLAN',
  mtu: 'MTU',
  asn: 'ASN',
  id: 'ID',
}

export const headOf = (name: string) =>
  name
    .split('_')
    .map((word, at) => ACRONYMS[word] ?? (at === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word))
    .join(' ')

function said(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}
