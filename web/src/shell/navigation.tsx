import CompareArrowsOutlined from '@mui/icons-material/CompareArrowsOutlined'
import DashboardOutlined from '@mui/icons-material/DashboardOutlined'
import DnsOutlined from '@mui/icons-material/DnsOutlined'
import HelpOutlined from '@mui/icons-material/HelpOutlined'
import ManageSearch from '@mui/icons-material/ManageSearch'
import PlayCircleOutlined from '@mui/icons-material/PlayCircleOutlined'
import type { ReactElement } from 'react'

export interface Entry {
  to: string
  label: string
  icon: ReactElement
  /** The second key of `g x`, which goes there. */
  key?: string
}

export interface Group {
  label: string
  entries: Entry[]
}

/** What is in the navigation: pages that are built, in the order of a day's work. */
export const NAVIGATION: Group[] = [
  {
    label: 'Overview',
    entries: [
      { to: '/', label: 'Dashboard', icon: <DashboardOutlined />, key: 'd' },
      { to: '/find', label: 'Where is it', icon: <ManageSearch />, key: 'w' },
      { to: '/changes', label: 'Changes', icon: <CompareArrowsOutlined />, key: 'c' },
    ],
  },
  {
    label: 'Inventory',
    entries: [{ to: '/devices', label: 'Devices', icon: <DnsOutlined />, key: 'v' }],
  },
  {
    label: 'Collection',
    entries: [{ to: '/executions', label: 'Executions', icon: <PlayCircleOutlined />, key: 'e' }],
  },
  { label: 'Help', entries: [{ to: '/help', label: 'Help', icon: <HelpOutlined />, key: 'h' }] },
]
