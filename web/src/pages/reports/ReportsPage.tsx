import { type Report, reportRows } from '../../api/reports'
import { PlainLink } from '../../ui/PlainLink'
import { Empty } from '../../ui/States'
import { columnsOf } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'

/** Reports that are kept in the configuration under a name. */
export default function ReportsPage() {
  return (
    <TablePage
      title="Reports"
      about="What is asked for often, kept under a name in config.yaml."
      file="reports"
      noun={['report', 'reports']}
      columns={columns}
      query={reportRows}
      keyOf={(r) => r.name}
      empty={
        <Empty title="No report is kept yet">
          Try one with <code>velocity report table</code>, then write it under <code>reports:</code> in config.yaml.
        </Empty>
      }
    />
  )
}

const of = columnsOf<Report>()

const columns = [
  of.text('name', 'Name', 160, {
    cell: (r) => <PlainLink to={`/reports/${encodeURIComponent(r.name)}`}>{r.name}</PlainLink>,
  }),
  of.text('title', 'Title', 240, { grow: 2 }),
  of.text('of', 'Of', 120),
  of.text('devices', 'Devices', 160, { text: (r) => r.devices ?? 'all' }),
  of.text('count_by', 'Counted by', 160),
]
