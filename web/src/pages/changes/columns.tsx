import { Link } from '@tanstack/react-router'
import type { ChangeView } from '../../api/types'
import { StateChip } from '../../ui/StateChip'
import type { Column } from '../../ui/table/columns'
import { When } from '../../ui/When'
import { DeviceLink } from '../devices/columns'

export const changeColumns: Column<ChangeView>[] = [
  {
    id: 'at',
    head: 'Detected',
    width: 105,
    text: (c) => c.detected_at,
    cell: (c) => (
      <Link to={'/changes/$id' as '/'} params={{ id: c.id } as never}>
        <When at={c.detected_at} />
      </Link>
    ),
  },
  { id: 'device', head: 'Device', width: 140, text: (c) => c.device, cell: (c) => <DeviceLink slug={c.device} /> },
  { id: 'type', head: 'Type', width: 100, text: (c) => c.type },
  {
    id: 'severity',
    head: 'Severity',
    width: 105,
    text: (c) => c.severity,
    cell: (c) => <StateChip state={c.severity} />,
  },
  { id: 'summary', head: 'Summary', width: 300, grow: 4, text: (c) => c.summary },
  { id: 'by', head: 'By', width: 110, text: (c) => c.by?.user },
]
