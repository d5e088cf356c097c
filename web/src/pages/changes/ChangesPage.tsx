import { useNavigate } from '@tanstack/react-router'
import { changeRows } from '../../api/changes'
import { Empty } from '../../ui/States'
import { choice, typed } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { changeColumns } from './columns'

const SINCE = [
  { value: '1h ago', label: 'Last hour' },
  { value: '24h ago', label: 'Last day' },
  { value: '7d ago', label: 'Last week' },
  { value: '30d ago', label: 'Last month' },
]

export default function ChangesPage() {
  const [filter] = useUrlState()
  const navigate = useNavigate()
  return (
    <TablePage
      title="Changes"
      about="What became different between two collections, without what is noise."
      file="changes"
      noun={['change', 'changes']}
      columns={changeColumns}
      query={changeRows(filter)}
      keyOf={(c) => c.id}
      onOpen={(c) => void navigate({ to: `/changes/${c.id}` as '/' })}
      filters={[
        typed('device', 'Device', 180),
        choice('severity', 'At least', ['minor', 'moderate', 'critical']),
        choice('since', 'Since', SINCE),
        typed('by', 'Made by', 160),
      ]}
      empty={<Empty title="Nothing changed">A change is seen when a device is collected a second time.</Empty>}
    />
  )
}
