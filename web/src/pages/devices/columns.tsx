import { Link } from '@tanstack/react-router'
import type { Device } from '../../api/types'
import { StateChip } from '../../ui/StateChip'
import type { Column } from '../../ui/table/columns'
import { When } from '../../ui/When'

export function DeviceLink({ slug, name = slug }: { slug: string; name?: string }) {
  return (
    <Link to={'/devices/$slug' as '/'} params={{ slug } as never}>
      {name}
    </Link>
  )
}

export const deviceColumns: Column<Device>[] = [
  { id: 'name', head: 'Name', width: 150, sort: 'name', text: (d) => d.name, cell: (d) => <DeviceLink {...d} /> },
  { id: 'address', head: 'Address', width: 125, sort: 'address', text: (d) => d.address, mono: true },
  { id: 'site', head: 'Site', width: 80, sort: 'site', text: (d) => d.site },
  { id: 'role', head: 'Role', width: 85, sort: 'role', text: (d) => d.role },
  { id: 'status', head: 'Status', width: 100, text: (d) => d.status, cell: (d) => <StateChip state={d.status} /> },
  { id: 'platform', head: 'Platform', width: 120, sort: 'platform', text: (d) => d.platform },
  { id: 'model', head: 'Model', width: 130, sort: 'model', text: (d) => d.model },
  { id: 'os', head: 'OS version', width: 115, sort: 'os_version', text: (d) => d.os_version },
  { id: 'serial', head: 'Serial', width: 125, text: (d) => d.serials.join(' '), mono: true },
  {
    id: 'captured',
    head: 'Captured',
    width: 95,
    text: (d) => d.last_captured,
    cell: (d) => <When at={d.last_captured} />,
  },
]
