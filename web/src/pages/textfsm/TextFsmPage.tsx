import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import { useUrlState } from '../../ui/urlState'
import { DatabaseTest } from './DatabaseTest'
import { Manager } from './Manager'
import { ManualTest } from './ManualTest'

/** The workshop of templates: which one fits an output, writing one, and all that there are. */
export default function TextFsmPage() {
  const [{ tab = 'database' }, set] = useUrlState()
  const tabs = (
    <Tabs value={tab} onChange={(_, id) => set({ tab: id, q: undefined, from: undefined })} aria-label="TextFSM tools">
      <Tab value="database" label="Database test" />
      <Tab value="manual" label="Manual test" />
      <Tab value="manager" label="Templates" />
    </Tabs>
  )
  if (tab === 'manager') return <Manager above={tabs} />
  return tab === 'manual' ? <ManualTest above={tabs} /> : <DatabaseTest above={tabs} />
}
