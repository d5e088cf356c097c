import type { ChangeView } from '../../api/types'
import { PlainLink } from '../../ui/PlainLink'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { When } from '../../ui/When'
import { DeviceLink } from '../devices/columns'

const of = columnsOf<ChangeView>()

export const changeColumns: Column<ChangeView>[] = [
  of.text('detected_at', 'Detected', 105, {
    cell: (c) => (
      <PlainLink to={`/changes/${c.id}`}>
        <When at={c.detected_at} />
      </PlainLink>
    ),
  }),
  of.text('device', 'Device', 140, { cell: (c) => <DeviceLink slug={c.device} /> }),
  of.text('type', 'Type', 100),
  of.state('severity', 'Severity', 115),
  of.text('summary', 'Summary', 300, { grow: 4 }),
  of.text('by', 'By', 110, { text: (c) => c.by?.user }),
]
