import { changeRows } from '../../../api/changes'
import type { DeviceView } from '../../../api/types'
import { Empty, Failure } from '../../../ui/States'
import { DataTable } from '../../../ui/table/DataTable'
import { useRows } from '../../../ui/useRows'
import { changeColumns } from '../../changes/columns'

export function Changes({ device }: { device: DeviceView }) {
  const rows = useRows(changeRows({ device: device.slug }))
  if (rows.error) return <Failure error={rows.error} again={rows.again} />
  return (
    <DataTable
      label="Changes"
      columns={changeColumns.filter((c) => c.id !== 'device')}
      rows={rows.rows}
      keyOf={(c) => c.id}
      more={rows.more}
      loading={rows.loading}
      empty={<Empty title="It did not change">A change is seen when something is collected a second time.</Empty>}
    />
  )
}
