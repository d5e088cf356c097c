import Box from '@mui/material/Box'
import Chip from '@mui/material/Chip'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type DeviceCapture, latestQuery } from '../../api/captures'
import { figuresQuery } from '../../api/dashboard'
import { Page } from '../../ui/Page'
import { Empty, Failure } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { DataTable } from '../../ui/table/DataTable'
import { ExportButton } from '../../ui/table/ExportButton'
import { Filters } from '../../ui/table/Filters'
import { columnsOf, typed } from '../../ui/table/make'
import { useUrlState } from '../../ui/urlState'
import { DeviceLink } from '../devices/columns'
import { captureColumns } from '../devices/tabs/Captures'

/** What devices said, by capture type: the latest good answer of each device. */
export default function OutputsPage() {
  const [{ type: chosen, q = '' }, set] = useUrlState()
  const figures = useQuery(figuresQuery)
  const types = figures.data?.captures ?? []
  const type = chosen ?? types[0]?.capture_type ?? ''
  const latest = useQuery({ ...latestQuery(type), enabled: type !== '' })
  const navigate = useNavigate()
  const rows = (latest.data?.items ?? []).filter((c) => c.device.includes(q.toLowerCase()))
  return (
    <Page
      title="Outputs"
      fill
      about="What the devices said, as they said it, secrets masked."
      actions={<ExportButton name={`outputs-${type}`} columns={columns} all={() => Promise.resolve(rows)} />}
    >
      <Box role="group" aria-label="Capture types" sx={{ display: 'flex', gap: 0.75, flexWrap: 'wrap' }}>
        {types.map((t) => (
          <Chip
            key={t.capture_type}
            label={`${t.capture_type} (${t.devices})`}
            color={t.capture_type === type ? 'primary' : 'default'}
            variant={t.capture_type === type ? 'filled' : 'outlined'}
            aria-pressed={t.capture_type === type}
            onClick={() => set({ type: t.capture_type })}
          />
        ))}
      </Box>
      <Filters filters={[typed('q', 'Device')]} />
      {latest.error ? (
        <Failure error={latest.error} again={() => void latest.refetch()} />
      ) : (
        <DataTable
          label="Outputs"
          columns={columns}
          rows={rows}
          keyOf={(c) => c.id}
          loading={latest.isFetching}
          onOpen={(c) => void navigate({ to: `/captures/${c.id}` as '/' })}
          empty={<Empty title="Nothing was collected yet">Start a collection.</Empty>}
        />
      )}
    </Page>
  )
}

const of = columnsOf<DeviceCapture>()

const columns: Column<DeviceCapture>[] = [
  of.text('device', 'Device', 150, { cell: (c) => <DeviceLink slug={c.device} /> }),
  of.text('id', 'Output', 90, {
    cell: (c) => (
      <Link to={'/captures/$id' as '/'} params={{ id: c.id } as never} aria-label={`${c.capture_type} of ${c.device}`}>
        open
      </Link>
    ),
  }),
  ...(captureColumns.filter((c) => !['capture_type', 'facts', 'parsed'].includes(c.id)) as Column<DeviceCapture>[]),
]
