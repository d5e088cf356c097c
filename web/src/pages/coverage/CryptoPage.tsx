import { cryptoRows } from '../../api/reports'
import type { CryptoView } from '../../api/types'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { TablePage } from '../../ui/table/TablePage'
import { DeviceLink } from '../devices/columns'

export default function CryptoPage() {
  return (
    <TablePage
      title="Crypto"
      about="How each host is spoken to, by which key, and what is wrong with it."
      file="crypto"
      noun={['host', 'hosts']}
      columns={columns}
      query={cryptoRows}
      keyOf={(c) => c.address}
      empty={<Empty title="No host was spoken to yet">Discover or collect first.</Empty>}
    />
  )
}

const columns: Column<CryptoView>[] = [
  {
    id: 'device',
    head: 'Device',
    width: 140,
    text: (c) => c.device,
    cell: (c) => (c.device ? <DeviceLink slug={c.device} /> : 'not known'),
  },
  { id: 'address', head: 'Address', width: 150, text: (c) => c.address, mono: true },
  { id: 'suite', head: 'Suite', width: 90, text: (c) => c.suite },
  { id: 'kex', head: 'Key exchange', width: 200, grow: 2, text: (c) => c.kex },
  { id: 'cipher', head: 'Cipher', width: 190, grow: 2, text: (c) => c.cipher },
  { id: 'key', head: 'Host key', width: 130, text: (c) => [c.key_type, c.key_bits].filter(Boolean).join(' ') },
  {
    id: 'findings',
    head: 'To look at',
    width: 260,
    grow: 3,
    text: (c) => c.findings.join('; '),
    cell: (c) => (
      <span title={c.findings.join('; ')}>{c.findings.length > 0 ? `! ${c.findings.join('; ')}` : '✓ nothing'}</span>
    ),
  },
]
