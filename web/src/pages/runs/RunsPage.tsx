import { useNavigate } from '@tanstack/react-router'
import { RUN_KINDS, RUN_STATES, runRows } from '../../api/runs'
import { Empty } from '../../ui/States'
import { choice, typed } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { runColumns } from './columns'

export default function RunsPage() {
  const navigate = useNavigate()
  const [filter] = useUrlState()
  return (
    <TablePage
      title="Executions"
      about="Every discovery, collection and search for credentials, with a result for each device."
      file="executions"
      noun={['execution', 'executions']}
      columns={runColumns}
      query={runRows(filter)}
      keyOf={(r) => r.id}
      onOpen={(r) => void navigate({ to: `/executions/${r.id}` as '/' })}
      filters={[
        choice('kind', 'Kind', RUN_KINDS),
        choice('state', 'State', RUN_STATES),
        typed('job', 'Job', 170, 'name'),
        typed('batch', 'Batch', 170, 'daily'),
        typed('since', 'Started since', 150, '24h ago'),
      ]}
      empty={<Empty title="Nothing like that was run">Begin with a discovery, or take filters away.</Empty>}
    />
  )
}
