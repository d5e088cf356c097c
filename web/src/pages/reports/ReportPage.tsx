import PushPin from '@mui/icons-material/PushPin'
import PushPinOutlined from '@mui/icons-material/PushPinOutlined'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { reportQuery } from '../../api/reports'
import { grouped } from '../../ui/number'
import { Page } from '../../ui/Page'
import { Empty, Failure, Loading } from '../../ui/States'
import { DataTable } from '../../ui/table/DataTable'
import { ExportButton } from '../../ui/table/ExportButton'
import { Filters } from '../../ui/table/Filters'
import { typed } from '../../ui/table/make'
import { useUrlState } from '../../ui/urlState'
import { reportColumns } from './columns'
import { usePinned } from './pins'

/** What a report of one's own says, now or at a time. */
export default function ReportPage() {
  const { name = '' } = useParams({ strict: false }) as { name?: string }
  const [{ at }] = useUrlState()
  const { pinned, turn } = usePinned()
  const report = useQuery(reportQuery(name, at))
  const numbers = useMemo(() => new Map(report.data?.rows.map((row, n) => [row, n])), [report.data])
  if (report.error) return <Failure error={report.error} again={() => void report.refetch()} />
  if (!report.data) return <Loading />
  const { title, columns: names, rows } = report.data
  const columns = reportColumns(names)
  const isPinned = pinned.includes(name)
  return (
    <Page
      title={title}
      fill
      actions={
        <>
          <Typography color="textSecondary" role="status" sx={{ fontSize: 12.5 }}>
            {grouped(rows.length)} {rows.length === 1 ? 'row' : 'rows'}
          </Typography>
          <ExportButton name={name} columns={columns} all={() => Promise.resolve(rows)} />
          <Button
            variant="outlined"
            startIcon={isPinned ? <PushPin /> : <PushPinOutlined />}
            aria-pressed={isPinned}
            onClick={() => turn(name)}
          >
            On the dashboard
          </Button>
        </>
      }
    >
      <Filters filters={[typed('at', 'As it was at', 170, 'now, 2h ago')]} />
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        keyOf={(row) => numbers.get(row) ?? -1}
        loading={report.isFetching}
        empty={<Empty title="Nothing is like that">The report and its conditions are in config.yaml.</Empty>}
      />
    </Page>
  )
}
