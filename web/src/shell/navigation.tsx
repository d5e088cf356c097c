import AccountTreeOutlined from '@mui/icons-material/AccountTreeOutlined'
import AltRouteOutlined from '@mui/icons-material/AltRouteOutlined'
import CompareArrowsOutlined from '@mui/icons-material/CompareArrowsOutlined'
import DashboardOutlined from '@mui/icons-material/DashboardOutlined'
import DataObjectOutlined from '@mui/icons-material/DataObjectOutlined'
import DescriptionOutlined from '@mui/icons-material/DescriptionOutlined'
import DifferenceOutlined from '@mui/icons-material/DifferenceOutlined'
import DnsOutlined from '@mui/icons-material/DnsOutlined'
import DownloadingOutlined from '@mui/icons-material/DownloadingOutlined'
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined'
import GroupOutlined from '@mui/icons-material/GroupOutlined'
import HelpOutlined from '@mui/icons-material/HelpOutlined'
import HistoryOutlined from '@mui/icons-material/HistoryOutlined'
import HubOutlined from '@mui/icons-material/HubOutlined'
import InfoOutlined from '@mui/icons-material/InfoOutlined'
import KeyOutlined from '@mui/icons-material/KeyOutlined'
import LanOutlined from '@mui/icons-material/LanOutlined'
import LockOutlined from '@mui/icons-material/LockOutlined'
import ManageSearch from '@mui/icons-material/ManageSearch'
import MemoryOutlined from '@mui/icons-material/MemoryOutlined'
import NewReleasesOutlined from '@mui/icons-material/NewReleasesOutlined'
import NotificationsOutlined from '@mui/icons-material/NotificationsOutlined'
import PlaceOutlined from '@mui/icons-material/PlaceOutlined'
import PlayCircleOutlined from '@mui/icons-material/PlayCircleOutlined'
import PlaylistPlay from '@mui/icons-material/PlaylistPlay'
import ScheduleOutlined from '@mui/icons-material/ScheduleOutlined'
import SearchOutlined from '@mui/icons-material/SearchOutlined'
import SettingsEthernetOutlined from '@mui/icons-material/SettingsEthernetOutlined'
import SettingsOutlined from '@mui/icons-material/SettingsOutlined'
import StickyNote2Outlined from '@mui/icons-material/StickyNote2Outlined'
import SummarizeOutlined from '@mui/icons-material/SummarizeOutlined'
import TerminalOutlined from '@mui/icons-material/TerminalOutlined'
import TravelExploreOutlined from '@mui/icons-material/TravelExploreOutlined'
import UndoOutlined from '@mui/icons-material/UndoOutlined'
import WorkOutlineOutlined from '@mui/icons-material/WorkOutlineOutlined'
import type { ReactElement } from 'react'
import { ANY_SITE, type At, useMe } from '../api/session'
import type { Role } from '../api/types'

export interface Entry {
  to: string
  label: string
  icon: ReactElement
  /** The second key of `g x`, which goes there. */
  key?: string
  /** Only for who has this role. */
  as?: Role
  /** At one site at least. */
  at?: At
}

export interface Group {
  label: string
  entries: Entry[]
}

/** What is in the navigation: pages that are built, in the order of a day's work. */
const NAVIGATION: Group[] = [
  {
    label: 'Overview',
    entries: [
      { to: '/', label: 'Dashboard', icon: <DashboardOutlined />, key: 'd' },
      { to: '/find', label: 'Where is it', icon: <ManageSearch />, key: 'w' },
      { to: '/changes', label: 'Changes', icon: <CompareArrowsOutlined />, key: 'c' },
      { to: '/topology', label: 'Topology', icon: <HubOutlined />, key: 't' },
    ],
  },
  {
    label: 'Inventory',
    entries: [
      { to: '/devices', label: 'Devices', icon: <DnsOutlined />, key: 'v' },
      { to: '/inventory', label: 'Sites, platforms, roles', icon: <PlaceOutlined />, key: 's' },
      { to: '/facts/components', label: 'Components', icon: <MemoryOutlined /> },
      { to: '/notes', label: 'Notes', icon: <StickyNote2Outlined />, key: 'n' },
    ],
  },
  {
    label: 'Collection',
    entries: [
      { to: '/discover', label: 'Discover', icon: <TravelExploreOutlined />, key: 'i', as: 'operator' },
      { to: '/collect', label: 'Collect', icon: <DownloadingOutlined />, key: 'l', as: 'operator', at: ANY_SITE },
      { to: '/jobs', label: 'Jobs', icon: <WorkOutlineOutlined />, key: 'j' },
      { to: '/batches', label: 'Batches', icon: <PlaylistPlay />, key: 'b' },
      { to: '/schedules', label: 'Schedules', icon: <ScheduleOutlined />, key: 'p' },
      { to: '/executions', label: 'Executions', icon: <PlayCircleOutlined />, key: 'e' },
      { to: '/terminal', label: 'Terminal', icon: <TerminalOutlined />, as: 'operator', at: ANY_SITE },
      { to: '/vault', label: 'Vault and credentials', icon: <KeyOutlined />, key: 'k' },
    ],
  },
  {
    label: 'Network',
    entries: [
      { to: '/facts/arp', label: 'ARP table', icon: <LanOutlined />, key: 'a' },
      { to: '/facts/mac', label: 'MAC table', icon: <SettingsEthernetOutlined />, key: 'm' },
      { to: '/facts/routes', label: 'Routes', icon: <AltRouteOutlined />, key: 'r' },
      { to: '/facts/neighbors', label: 'Neighbours', icon: <AccountTreeOutlined /> },
    ],
  },
  {
    label: 'Outputs',
    entries: [
      { to: '/outputs', label: 'Outputs', icon: <DescriptionOutlined />, key: 'o' },
      { to: '/search', label: 'Search outputs', icon: <SearchOutlined />, key: 'f' },
      { to: '/configs', label: 'Configurations', icon: <DifferenceOutlined />, key: 'g' },
      { to: '/textfsm', label: 'TextFSM tools', icon: <DataObjectOutlined />, key: 'x' },
    ],
  },
  {
    label: 'Reports',
    entries: [
      { to: '/coverage', label: 'Coverage', icon: <FactCheckOutlined /> },
      { to: '/os-versions', label: 'OS versions', icon: <NewReleasesOutlined /> },
      { to: '/crypto', label: 'Crypto', icon: <LockOutlined /> },
      { to: '/reports', label: 'Own reports', icon: <SummarizeOutlined /> },
    ],
  },
  {
    label: 'Administration',
    entries: [
      { to: '/users', label: 'Users and tokens', icon: <GroupOutlined />, key: 'u', as: 'admin' },
      { to: '/audit', label: 'Audit', icon: <HistoryOutlined />, as: 'admin' },
      { to: '/undo', label: 'Undo', icon: <UndoOutlined /> },
      { to: '/notifications', label: 'Notifications', icon: <NotificationsOutlined /> },
      { to: '/settings', label: 'Settings', icon: <SettingsOutlined />, as: 'admin' },
    ],
  },
  {
    label: 'Help',
    entries: [
      { to: '/help', label: 'Help', icon: <HelpOutlined />, key: 'h' },
      { to: '/about', label: 'About and health', icon: <InfoOutlined /> },
    ],
  },
]

/** The navigation of who is logged in. */
export function useNavigation(): Group[] {
  const may = useMe()
  return NAVIGATION.map((g) => ({ ...g, entries: g.entries.filter((e) => !e.as || may(e.as, e.at)) })).filter(
    (g) => g.entries.length > 0,
  )
}
