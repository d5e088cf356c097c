import { Link } from '@tanstack/react-router'
import type { CaptureView, DeviceView } from '../../../api/types'
import { StateChip } from '../../../ui/StateChip'
import { Empty } from '../../../ui/States'
import type { Column } from '../../../ui/table/columns'
import { columnsOf } from '../../../ui/table/make'
import { TableBlock } from '../../../ui/table/TableBlock'

export function Captures({ device }: { device: DeviceView }) {
  return (
    <TableBlock
      label="Captures"
      file={`captures-${device.slug}`}
      columns={captureColumns}
      rows={device.captures}
      keyOf={(c) => c.id}
      empty={<Empty title="Nothing was collected of it yet">Start a collection for this device.</Empty>}
    />
  )
}

const of = columnsOf<CaptureView>()

export const captureColumns: Column<CaptureView>[] = [
  of.text('capture_type', 'Type', 120, {
    cell: (c) => (
      <Link to={'/captures/$id' as '/'} params={{ id: c.id } as never}>
        {c.capture_type}
      </Link>
    ),
  }),
  of.mono('command', 'Command', 230, { grow: 2 }),
  of.count('version', 'Version'),
  of.count('size', 'Size', 90, { cell: (c) => bytes(c.size) }),
  of.count('facts', 'Facts'),
  of.text('parsed', 'Read', 120, { cell: (c) => c.parsed && <Parsed capture={c} /> }),
  of.when('first_seen', 'Since'),
  of.when('last_seen', 'Last seen'),
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
