import Button from '@mui/material/Button'
import { Link, useNavigate } from '@tanstack/react-router'
import { useChoices } from '../../api/dashboard'
import { deviceRows } from '../../api/devices'
import { Empty } from '../../ui/States'
import { TablePage } from '../../ui/table/TablePage'
import { type UrlState, useUrlState } from '../../ui/urlState'
import { deviceColumns } from './columns'

export const DEVICE_STATUSES = ['active', 'planned', 'staged', 'failed', 'inventory', 'offline', 'decommissioning']

export default function DevicesPage() {
  const [filter, set] = useUrlState()
  const choices = useChoices()
  const navigate = useNavigate()
  return (
    <TablePage
      title="Devices"
      about="Every device that was found or entered."
      file="devices"
      noun={['device', 'devices']}
      columns={deviceColumns}
      query={deviceRows(filter)}
      keyOf={(d) => d.id}
      onOpen={(d) => void navigate({ to: `/devices/${d.slug}` as '/' })}
      filters={[
        { word: 'q', label: 'Name, address, serial', kind: 'text' },
        { word: 'site', label: 'Site', kind: 'choice', options: choices.sites },
        { word: 'role', label: 'Role', kind: 'choice', options: choices.roles },
        { word: 'platform', label: 'Platform', kind: 'choice', options: choices.platforms },
        { word: 'status', label: 'Status', kind: 'choice', options: DEVICE_STATUSES },
        { word: 'credential', label: 'Credential', kind: 'choice', options: ['ok', 'failed', 'untested'] },
      ]}
      empty={
        <NoDevices
          filter={filter}
          clear={() => set(Object.fromEntries(Object.keys(filter).map((k) => [k, undefined])))}
        />
      }
    />
  )
}

function NoDevices({ filter, clear }: { filter: UrlState; clear: () => void }) {
  const filtered = Object.entries(filter).some(([word, value]) => word !== 'sort' && value)
  if (filtered)
    return (
      <Empty title="No device is like that" action={<Button onClick={clear}>Show all devices</Button>}>
        Widen the filters, or look whether the name is spelled as the device spells it.
      </Empty>
    )
  return (
    <Empty
      title="No devices yet"
      action={
        <Button variant="contained" component={Link} to="/discover">
          Discover the network
        </Button>
      }
    >
      Give one address and an account: the network is found from there.
    </Empty>
  )
}
