import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Chip from '@mui/material/Chip'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { type DeviceCapture, latestQuery } from '../../api/captures'
import { figuresQuery } from '../../api/dashboard'
import { Page } from '../../ui/Page'
import { PlainLink } from '../../ui/PlainLink'
import { Empty, Failure } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { DataTable, type RowKey } from '../../ui/table/DataTable'
import { ExportButton } from '../../ui/table/ExportButton'
import { Filters } from '../../ui/table/Filters'
import { columnsOf, typed } from '../../ui/table/make'
import { useUrlState } from '../../ui/urlState'
import { DeviceLink } from '../devices/columns'
import { captureColumns } from '../devices/tabs/Captures'

const BatchExport = lazy(() => import('../textfsm/BatchExport'))

/** Outputs that are read together at most. */
const MOST = 500

/** What devices said, by capture type: the latest good answer of each device. */
export default function OutputsPage() {
  const [{ type: chosen, q = '' }, set] = useUrlState()
  const figures = useQuery(figuresQuery)
  const types = figures.data?.captures ?? []
  const type = chosen ?? types[0]?.capture_type ?? ''
  const latest = useQuery({ ...latestQuery(type), enabled: type !== '' })
  const navigate = useNavigate()
  const [picked, pick] = useState<Set<RowKey>>(new Set())
  const [isExport, exports] = useState(false)
  const rows = (latest.data?.items ?? []).filter((c) => c.device.includes(q.toLowerCase()))
  const chosenRows = rows.filter((c) => picked.has(c.id))
  return (
    <Page
      title="Outputs"
      fill
      about="What the devices said, as they said it, secrets masked."
      actions={
        <>
          <ExportButton name={`outputs-${type}`} columns={columns} all={() => Promise.resolve(rows)} />
          {chosenRows.length > 0 && (
            <Button variant="contained" disabled={chosenRows.length > MOST} onClick={() => exports(true)}>
              {chosenRows.length > MOST ? `Smart export of ${MOST} at most` : `Smart export of ${chosenRows.length}…`}
            </Button>
          )}
        </>
      }
    >
      <Box role="group" aria-label="Capture types" sx={{ display: 'flex', gap: 0.75, flexWrap: 'wrap' }}>
        {types.map((t) => (
          <Chip
            key={t.capture_type}
            label={`${t.capture_type} (${t.devices})`}
            color={t.capture_type === type ? 'primary' : 'default'}
            variant={t.capture_type === type ? 'filled' : 'outlined'}
            aria-pressed={t.capture_type === type}
            onClick={() => {
              set({ type: t.capture_type })
              pick(new Set())
            }}
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
          picked={picked}
          onPick={pick}
          onOpen={(c) => void navigate({ to: `/captures/${c.id}` as '/' })}
          empty={<Empty title="Nothing was collected yet">Start a collection.</Empty>}
        />
      )}
      {isExport && (
        <Suspense fallback={null}>
          <BatchExport sources={chosenRows} name={type} close={() => exports(false)} />
        </Suspense>
      )}
    </Page>
  )
}

const of = columnsOf<DeviceCapture>()

const columns: Column<DeviceCapture>[] = [
  of.text('device', 'Device', 150, { cell: (c) => <DeviceLink slug={c.device} /> }),
  of.text('id', 'Output', 90, {
    cell: (c) => (
      <PlainLink to={`/captures/${c.id}`} label={`${c.capture_type} of ${c.device}`}>
        open
      </PlainLink>
    ),
  }),
  ...(captureColumns.filter((c) => !['capture_type', 'facts', 'parsed'].includes(c.id)) as Column<DeviceCapture>[]),
]
