import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { reportQuery } from '../../api/reports'
import { Section } from '../../ui/Fields'
import { grouped } from '../../ui/number'
import { Empty, Failure } from '../../ui/States'
import { DataTable } from '../../ui/table/DataTable'
import { reportColumns } from './columns'

const SHOWN = 8

/** The first rows of a report of one's own, on the dashboard. */
export function PinnedReport({ name }: { name: string }) {
  const report = useQuery(reportQuery(name))
  const { title = name, columns = [], rows = [] } = report.data ?? {}
  const more = rows.length > SHOWN ? `All ${grouped(rows.length)}` : 'Open'
  return (
    <Section
      title={title}
      actions={
        <Button component={Link} to={`/reports/${encodeURIComponent(name)}` as '/'}>
          {more}
        </Button>
      }
    >
      {report.error ? (
        <Failure error={report.error} again={() => void report.refetch()} />
      ) : (
        <DataTable
          short
          label={title}
          columns={reportColumns(columns)}
          rows={rows.slice(0, SHOWN)}
          keyOf={(row) => rows.indexOf(row)}
          loading={report.isPending}
          empty={<Empty title="Nothing is like that" />}
        />
      )}
    </Section>
  )
}
