import type { DeviceView, LinkView } from '../../../api/types'
import { Empty } from '../../../ui/States'
import type { Column } from '../../../ui/table/columns'
import { DataTable } from '../../../ui/table/DataTable'
import { DeviceLink } from '../columns'

export function Neighbours({ device }: { device: DeviceView }) {
  return (
    <DataTable
      label="Neighbours"
      columns={columns}
      rows={device.links}
      keyOf={(l) => `${l.local_port} ${l.remote_device} ${l.remote_port}`}
      empty={<Empty title="It names no neighbour">Collect `lldp` and `cdp` of it.</Empty>}
    />
  )
}

const columns: Column<LinkView>[] = [
  { id: 'port', head: 'Port', width: 170, text: (l) => l.local_port },
  {
    id: 'device',
    head: 'Neighbour',
    width: 170,
    text: (l) => l.remote_device,
    cell: (l) => (l.unknown ? l.remote_device : <DeviceLink slug={l.remote_device} />),
  },
  { id: 'far', head: 'Its port', width: 170, text: (l) => l.remote_port },
  { id: 'by', head: 'Said by', width: 110, text: (l) => l.protocols.join(', ') },
  { id: 'both', head: 'Both ends', width: 95, text: (l) => (l.confirmed ? '✓ yes' : 'no') },
  { id: 'why', head: 'Not ours because', width: 220, grow: 2, text: (l) => l.unknown },
]
