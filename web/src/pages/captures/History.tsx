import { Link } from '@tanstack/react-router'
import type { CaptureView } from '../../api/types'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { TableBlock } from '../../ui/table/TableBlock'
import { bytes } from '../devices/tabs/Captures'

/** Every version of a configuration, each beside the one before it. */
export function History({ device, versions }: { device: string; versions: CaptureView[] }) {
  return (
    <TableBlock
      label="Versions"
      file={`versions-${device}`}
      columns={columnsWith(device)}
      rows={versions}
      keyOf={(v) => v.id}
      empty={<Empty title="It has no configuration yet">Collect `configs` of it.</Empty>}
    />
  )
}

const of = columnsOf<CaptureView>()

const columnsWith = (device: string): Column<CaptureView>[] => [
  of.text('version', 'Version', 90, {
    cell: (v) => (
      <Link to={'/captures/$id' as '/'} params={{ id: v.id } as never}>
        {v.version}
      </Link>
    ),
  }),
  of.when('first_seen', 'Since'),
  of.when('last_seen', 'Last seen'),
  of.count('size', 'Size', 90, { cell: (v) => bytes(v.size) }),
  of.mono('content_hash', 'Content', 170, { text: (v) => v.content_hash.slice(0, 16) }),
  of.text('id', 'What it changed', 150, {
    text: (v) => v.id,
    cell: (v) =>
      (v.version ?? 0) > 1 && (
        <Link to="/configs" search={{ device, from: String((v.version ?? 0) - 1), to: String(v.version) } as never}>
          beside version {(v.version ?? 0) - 1}
        </Link>
      ),
  }),
]
