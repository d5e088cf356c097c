import type { Device } from '../../api/types'
import { PlainLink } from '../../ui/PlainLink'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'

export function DeviceLink({ slug, name = slug }: { slug: string; name?: string }) {
  return <PlainLink to={`/devices/${encodeURIComponent(slug)}`}>{name}</PlainLink>
}

const of = columnsOf<Device>()

export const deviceColumns: Column<Device>[] = [
  of.text('name', 'Name', 150, { sort: 'name', cell: (d) => <DeviceLink {...d} /> }),
  of.mono('address', 'Address', 125, { sort: 'address' }),
  of.text('site', 'Site', 80, { sort: 'site' }),
  of.text('role', 'Role', 85, { sort: 'role' }),
  of.state('status', 'Status', 100),
  of.text('platform', 'Platform', 120, { sort: 'platform' }),
  of.text('model', 'Model', 130, { sort: 'model' }),
  of.text('os_version', 'OS version', 115, { sort: 'os_version' }),
  of.state('credential', 'Credential', 105),
  of.mono('serials', 'Serial', 125, { text: (d) => d.serials.join(' ') }),
  of.when('last_captured', 'Captured', 95),
]
