import { Link } from '@tanstack/react-router'
import type { CaptureView, DeviceView } from '../../../api/types'
import { StateChip } from '../../../ui/StateChip'
import { Empty } from '../../../ui/States'
import type { Column } from '../../../ui/table/columns'
import { DataTable } from '../../../ui/table/DataTable'
import { When } from '../../../ui/When'

export function Captures({ device }: { device: DeviceView }) {
  return (
    <DataTable
      label="Captures"
      columns={captureColumns}
      rows={device.captures}
      keyOf={(c) => c.id}
      empty={<Empty title="Nothing was collected of it yet">Start a collection for this device.</Empty>}
    />
  )
}

export const captureColumns: Column<CaptureView>[] = [
  {
    id: 'type',
    head: 'Type',
    width: 120,
    text: (c) => c.capture_type,
    cell: (c) => (
      <Link to={'/captures/$id' as '/'} params={{ id: c.id } as never}>
        {c.capture_type}
      </Link>
    ),
  },
  { id: 'command', head: 'Command', width: 230, grow: 2, text: (c) => c.command, mono: true },
  { id: 'version', head: 'Version', width: 75, text: (c) => c.version, align: 'right' },
  { id: 'size', head: 'Size', width: 90, text: (c) => c.size, cell: (c) => bytes(c.size), align: 'right' },
  { id: 'facts', head: 'Facts', width: 75, text: (c) => c.facts, align: 'right' },
  { id: 'parsed', head: 'Read', width: 120, text: (c) => c.parsed, cell: (c) => c.parsed && <Parsed capture={c} /> },
  { id: 'first', head: 'Since', width: 110, text: (c) => c.first_seen, cell: (c) => <When at={c.first_seen} /> },
  { id: 'last', head: 'Last seen', width: 110, text: (c) => c.last_seen, cell: (c) => <When at={c.last_seen} /> },
]

const READ: Record<string, string> = { parsed: 'ok', partly: 'partial', not_parsed: 'failed' }

function Parsed({ capture }: { capture: CaptureView }) {
  return (
    <span title={capture.message ?? undefined}>
      <StateChip state={READ[capture.parsed ?? ''] ?? String(capture.parsed)} />
    </span>
  )
}

export function bytes(n: number): string {
  if (n < 1024) return `${n} B`
  if (n < 1024 ** 2) return `${(n / 1024).toFixed(1)} KB`
  return `${(n / 1024 ** 2).toFixed(1)} MB`
}
