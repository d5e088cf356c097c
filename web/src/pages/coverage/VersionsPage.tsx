import { useChoices } from '../../api/dashboard'
import { versionRows } from '../../api/reports'
import type { OsVersionView } from '../../api/types'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { choice, columnsOf } from '../../ui/table/make'
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
        choice('site', 'Site', choices.sites),
        choice('role', 'Role', choices.roles),
        choice('platform', 'Platform', choices.platforms),
      ]}
      empty={<Empty title="No versions are known">Collect `version` of the devices.</Empty>}
    />
  )
}

const SHOWN = 6

const of = columnsOf<OsVersionView>()

const columns: Column<OsVersionView>[] = [
  of.text('platform', 'Platform', 130),
  of.text('os_version', 'Version', 140, { text: (v) => v.os_version ?? 'not known' }),
  of.count('vendor', 'Devices', 80, { text: (v) => v.devices.length }),
  of.text('models', 'Models', 220, { grow: 2 }),
  of.text('devices', 'Which', 320, {
    grow: 4,
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
  }),
]
