import { useQuery } from '@tanstack/react-query'
import { deviceLinksQuery } from '../../../api/devices'
import type { DeviceView, LinkView } from '../../../api/types'
import { Empty, Failure, Loading } from '../../../ui/States'
import type { Column } from '../../../ui/table/columns'
import { columnsOf } from '../../../ui/table/make'
import { TableBlock } from '../../../ui/table/TableBlock'
import { DeviceLink } from '../columns'

export function Neighbours({ device }: { device: DeviceView }) {
  const links = useQuery(deviceLinksQuery(device.slug))
  if (links.error) return <Failure error={links.error} again={() => void links.refetch()} />
  if (!links.data) return <Loading what="Reading its links" />
  return (
    <TableBlock
      label="Neighbours"
      file={`neighbours-${device.slug}`}
      columns={columns}
      rows={links.data}
      keyOf={(l) => `${l.local_port} ${l.remote_device} ${l.remote_port}`}
      empty={<Empty title="It names no neighbour">Collect `lldp` and `cdp` of it.</Empty>}
    />
  )
}

const of = columnsOf<LinkView>()

const columns: Column<LinkView>[] = [
  of.text('local_port', 'Port', 170),
  of.text('remote_device', 'Neighbour', 170, {
    cell: (l) => (l.unknown ? l.remote_device : <DeviceLink slug={l.remote_device} />),
  }),
  of.text('remote_port', 'Its port', 170),
  of.text('protocols', 'Said by', 110),
  of.text('confirmed', 'Both ends', 95, { text: (l) => (l.confirmed ? '✓ yes' : 'no') }),
  of.text('unknown', 'Not ours because', 220, { grow: 2 }),
]
