import { changeRows } from '../../../api/changes'
import type { DeviceView } from '../../../api/types'
import { Empty } from '../../../ui/States'
import { AskedBlock } from '../../../ui/table/TableBlock'
import { changeColumns } from '../../changes/columns'

const columns = changeColumns.filter((c) => c.id !== 'device')

export function Changes({ device }: { device: DeviceView }) {
  return (
    <AskedBlock
      label="Changes"
      file={`changes-${device.slug}`}
      columns={columns}
      query={changeRows({ device: device.slug })}
      keyOf={(c) => c.id}
      empty={<Empty title="It did not change">A change is seen when something is collected a second time.</Empty>}
    />
  )
}
