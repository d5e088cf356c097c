import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import Tooltip from '@mui/material/Tooltip'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { deviceQuery } from '../../api/devices'
import type { DeviceView } from '../../api/types'
import { Page } from '../../ui/Page'
import { StateChip } from '../../ui/StateChip'
import { Failure, Loading } from '../../ui/States'
import { useUrlState } from '../../ui/urlState'
import { When } from '../../ui/When'
import { DeviceActions } from './DeviceActions'
import { Captures } from './tabs/Captures'
import { Changes } from './tabs/Changes'
import { Credentials } from './tabs/Credentials'
import { Hardware } from './tabs/Hardware'
import { Identity } from './tabs/Identity'
import { Neighbours } from './tabs/Neighbours'
import { Network } from './tabs/Network'
import { Notes } from './tabs/Notes'

interface TabOf {
  id: string
  label: string
  about: string
  show: (device: DeviceView) => ReactNode
}

const TABS: TabOf[] = [
  { id: 'identity', label: 'Identity', about: 'Who it is and who says so', show: (d) => <Identity device={d} /> },
  { id: 'network', label: 'Network', about: 'Its interfaces', show: (d) => <Network device={d} /> },
  { id: 'credentials', label: 'Credentials', about: 'How it is logged in to', show: (d) => <Credentials device={d} /> },
  { id: 'hardware', label: 'Hardware', about: 'Its components', show: (d) => <Hardware device={d} /> },
  { id: 'captures', label: 'Captures', about: 'What it said', show: (d) => <Captures device={d} /> },
  { id: 'changes', label: 'Changes', about: 'What became different', show: (d) => <Changes device={d} /> },
  { id: 'neighbours', label: 'Neighbours', about: 'What it is connected to', show: (d) => <Neighbours device={d} /> },
  { id: 'notes', label: 'Notes', about: 'What people wrote of it', show: (d) => <Notes device={d} /> },
]

export default function DevicePage() {
  const { slug = '' } = useParams({ strict: false }) as { slug?: string }
  const device = useQuery(useMemo(() => deviceQuery(slug), [slug]))
  const [{ tab = 'identity' }, set] = useUrlState()
  const shown = TABS.find((t) => t.id === tab) ?? (TABS[0] as TabOf)
  if (device.error) return <Failure error={device.error} again={() => void device.refetch()} />
  if (!device.data) return <Loading />
  const d = device.data
  return (
    <Page
      title={d.name}
      fill
      about={
        <>
          <span className="mono">{d.address}</span> · {[d.vendor, d.model, d.os_version].filter(Boolean).join(' ')} ·
          seen <When at={d.last_seen} />
        </>
      }
      actions={
        <>
          <StateChip state={d.status} />
          <DeviceActions device={d} />
        </>
      }
    >
      <Tabs
        value={shown.id}
        onChange={(_, id) => set({ tab: id })}
        variant="scrollable"
        aria-label="Parts of the device"
      >
        {TABS.map((t) => (
          <Tab
            key={t.id}
            value={t.id}
            id={`tab-${t.id}`}
            aria-controls={t.id === shown.id ? `panel-${t.id}` : undefined}
            label={
              <Tooltip title={t.about}>
                <span>{t.label}</span>
              </Tooltip>
            }
          />
        ))}
      </Tabs>
      <div role="tabpanel" id={`panel-${shown.id}`} aria-labelledby={`tab-${shown.id}`} style={panel}>
        {shown.show(d)}
      </div>
    </Page>
  )
}

const panel = { flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', gap: 12 } as const
