import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import { useUrlState } from '../../ui/urlState'
import { TokensTable } from './TokensTable'
import { UsersTable } from './UsersTable'

/** Who may log in, and by which tokens programs ask. */
export default function UsersPage() {
  const [{ tab = 'users' }, set] = useUrlState()
  const tabs = (
    <Tabs value={tab} onChange={(_, id) => set({ tab: id })} aria-label="Users and tokens">
      <Tab value="users" label="Users" />
      <Tab value="tokens" label="Tokens" />
    </Tabs>
  )
  return tab === 'tokens' ? <TokensTable above={tabs} /> : <UsersTable above={tabs} />
}
