import Box from '@mui/material/Box'
import { useQuery } from '@tanstack/react-query'
import { useChoices } from '../../api/dashboard'
import { coverageQuery } from '../../api/reports'
import type { CoverageCell, CoverageReport } from '../../api/types'
import { Page } from '../../ui/Page'
import { Stat, Stats } from '../../ui/Stat'
import { Empty, Failure, Loading } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { DataTable } from '../../ui/table/DataTable'
import { ExportButton } from '../../ui/table/ExportButton'
import { Filters } from '../../ui/table/Filters'
import { choice } from '../../ui/table/make'
import { useUrlState } from '../../ui/urlState'
import { DeviceLink } from '../devices/columns'
import { bytes } from '../devices/tabs/Captures'

type Row = CoverageReport['devices'][number]

export default function CoveragePage() {
  const [filter] = useUrlState()
  const report = useQuery(coverageQuery(filter))
  const choices = useChoices()
  const columns = report.data ? columnsOf(report.data) : []
  const devices = report.data?.devices ?? []
  return (
    <Page
      title="Coverage"
      fill
      about="What was collected and read of each device, and why the rest was not. Point at a mark for its reason."
      actions={<ExportButton name="coverage" columns={columns} all={() => Promise.resolve(devices)} />}
    >
      <Filters
        filters={[
          choice('site', 'Site', choices.sites),
          choice('role', 'Role', choices.roles),
          choice('platform', 'Platform', choices.platforms),
        ]}
      />
      {report.error ? (
        <Failure error={report.error} again={() => void report.refetch()} />
      ) : !report.data ? (
        <Loading />
      ) : (
        <>
          <Summary report={report.data} />
          <DataTable
            label="Coverage"
            columns={columns}
            rows={devices}
            keyOf={(d) => d.device}
            empty={<Empty title="No device to cover" />}
          />
        </>
      )}
    </Page>
  )
}

function Summary({ report: r }: { report: CoverageReport }) {
  const missing = r.expected - r.covered
  return (
    <Stats>
      <Stat
        label="Covered"
        value={r.percent == null ? '—' : `${Math.floor(r.percent)} %`}
        tone={missing > 0 ? 'warn' : 'ok'}
      />
      <Stat label="Not covered" value={missing} note={`of ${r.expected} expected`} />
      <Stat label="Devices" value={r.devices_total} note={`at ${r.sites_total} sites`} />
      <Stat label="Capture types" value={r.types.length} />
      <Stat label="Captures" value={r.captures_total} note={bytes(r.size)} />
    </Stats>
  )
}

/** What a state looks like, and what it is called. */
const STATES: Record<string, [mark: string, words: string, colour: string]> = {
  rows: ['✓', 'read', 'success.main'],
  text: ['✓', 'kept as text', 'success.main'],
  empty: ['✓', 'the device says that there is nothing', 'success.main'],
  partly: ['◐', 'read, with lines that no rule reads', 'warning.main'],
  not_loaded: ['◐', 'collected, not loaded', 'warning.main'],
  not_parsed: ['✗', 'not read', 'error.main'],
  cut: ['✗', 'cut short', 'error.main'],
  refused: ['✗', 'the device refused the command', 'error.main'],
  missing: ['–', 'never collected', 'text.secondary'],
  unsupported: ['', 'the platform has no command for it', 'text.secondary'],
}

function columnsOf(report: CoverageReport): Column<Row>[] {
  return [
    {
      id: 'device',
      head: 'Device',
      width: 150,
      grow: 2,
      text: (d) => d.device,
      cell: (d) => <DeviceLink slug={d.device} />,
    },
    { id: 'site', head: 'Site', width: 80, text: (d) => d.site },
    { id: 'covered', head: 'Covered', width: 80, text: (d) => `${d.covered} of ${d.expected}` },
    ...report.types.map(
      (t, at): Column<Row> => ({
        id: t.capture_type,
        head: t.capture_type,
        width: 74,
        text: (d) => d.cells[at]?.state,
        cell: (d) => <Mark cell={d.cells[at]} />,
      }),
    ),
  ]
}

function Mark({ cell }: { cell: CoverageCell | undefined }) {
  if (!cell) return null
  const [mark, words, colour] = STATES[cell.state] ?? ['?', cell.state, 'text.primary']
  const why = [
    words,
    cell.rows > 0 && `${cell.rows} rows`,
    cell.unread_lines > 0 && `${cell.unread_lines} lines not read`,
    cell.reason,
  ]
  return (
    <Box component="span" title={why.filter(Boolean).join(' · ')} sx={{ color: colour }}>
      {mark} {cell.rows > 0 ? cell.rows : ''}
    </Box>
  )
}
