import { useNavigate } from '@tanstack/react-router'
import { runRows } from '../../api/runs'
import { Empty } from '../../ui/States'
import { TablePage } from '../../ui/table/TablePage'
import { runColumns } from './columns'

export default function RunsPage() {
  const navigate = useNavigate()
  return (
    <TablePage
      title="Executions"
      about="Every discovery, collection and search for credentials, with a result for each device."
      file="executions"
      noun={['execution', 'executions']}
      columns={runColumns}
      query={runRows()}
      keyOf={(r) => r.id}
      onOpen={(r) => void navigate({ to: `/executions/${r.id}` as '/' })}
      empty={<Empty title="Nothing was run yet">Begin with a discovery.</Empty>}
    />
  )
}
