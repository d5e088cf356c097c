import { cryptoRows } from '../../api/reports'
import type { CryptoView } from '../../api/types'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
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

const of = columnsOf<CryptoView>()

const columns: Column<CryptoView>[] = [
  of.text('device', 'Device', 140, { cell: (c) => (c.device ? <DeviceLink slug={c.device} /> : 'not known') }),
  of.mono('address', 'Address', 150),
  of.text('suite', 'Suite', 90),
  of.text('kex', 'Key exchange', 200, { grow: 2 }),
  of.text('cipher', 'Cipher', 190, { grow: 2 }),
  of.text('key_type', 'Host key', 130, { text: (c) => [c.key_type, c.key_bits].filter(Boolean).join(' ') }),
  of.text('findings', 'To look at', 260, {
    grow: 3,
    text: (c) => (c.findings.length > 0 ? `! ${c.findings.join('; ')}` : '✓ nothing'),
  }),
]
