import HelpOutlined from '@mui/icons-material/HelpOutlined'
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
  { label: 'Help', entries: [{ to: '/help', label: 'Help', icon: <HelpOutlined />, key: 'h' }] },
]
