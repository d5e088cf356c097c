import { useChoices } from '../../api/dashboard'
import { versionRows } from '../../api/reports'
import type { OsVersionView } from '../../api/types'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { DeviceLink } from '../devices/columns'

export default function VersionsPage() {
  const [filter] = useUrlState()
  const choices = useChoices()
  return (
    <TablePage
      title="OS versions"
      about="Which versions of operating systems run where."
      file="os-versions"
      noun={['version', 'versions']}
      columns={columns}
      query={versionRows(filter)}
      keyOf={(v) => `${v.vendor} ${v.platform} ${v.os_version}`}
      filters={[
        { word: 'site', label: 'Site', kind: 'choice', options: choices.sites },
        { word: 'role', label: 'Role', kind: 'choice', options: choices.roles },
        { word: 'platform', label: 'Platform', kind: 'choice', options: choices.platforms },
      ]}
      empty={<Empty title="No versions are known">Collect `version` of the devices.</Empty>}
    />
  )
}

const SHOWN = 6

const columns: Column<OsVersionView>[] = [
  { id: 'platform', head: 'Platform', width: 130, text: (v) => v.platform },
  { id: 'version', head: 'Version', width: 140, text: (v) => v.os_version ?? 'not known' },
  { id: 'count', head: 'Devices', width: 80, text: (v) => v.devices.length, align: 'right' },
  { id: 'models', head: 'Models', width: 220, grow: 2, text: (v) => v.models.join(', ') },
  {
    id: 'devices',
    head: 'Which',
    width: 320,
    grow: 4,
    text: (v) => v.devices.join(', '),
    cell: (v) => (
      <>
        {v.devices.slice(0, SHOWN).map((d) => (
          <span key={d}>
            <DeviceLink slug={d} />{' '}
          </span>
        ))}
        {v.devices.length > SHOWN && `and ${v.devices.length - SHOWN} more`}
      </>
    ),
  },
]
