import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import { type Notification, notificationRows } from '../../api/system'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { choice, columnsOf } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { CHANNELS, RULES } from '../objects/kinds'
import { OneKind } from '../objects/ObjectsPage'
import { TestChannel } from './TestChannel'

/** Who is told what, by which way; and what was told. */
export default function NotificationsPage() {
  const [{ tab = 'rules', state }, set] = useUrlState()
  const tabs = (
    <Tabs value={tab} onChange={(_, id) => set({ tab: id, q: undefined, state: undefined })} aria-label="Notifications">
      <Tab value="rules" label="Rules" />
      <Tab value="channels" label="Channels" />
      <Tab value="told" label="What was told" />
    </Tabs>
  )
  if (tab === 'channels')
    return <OneKind key={tab} kind={CHANNELS} above={tabs} more={(row) => <TestChannel id={row.id} />} />
  if (tab !== 'told') return <OneKind key={tab} kind={RULES} above={tabs} />
  return (
    <TablePage
      title="What was told"
      about="What was told, and what waits, newest first."
      file="notifications"
      noun={['message', 'messages']}
      columns={columns}
      query={notificationRows(state)}
      keyOf={(n) => n.id}
      above={tabs}
      filters={[choice('state', 'State', ['waiting', 'sent', 'failed'])]}
      empty={<Empty title="Nothing was told yet">Make a channel and a rule first.</Empty>}
    />
  )
}

const of = columnsOf<Notification>()

const columns: Column<Notification>[] = [
  of.when('due_at', 'Due'),
  of.state('state', 'State'),
  of.text('rule', 'Rule', 140),
  of.text('channel', 'Channel', 140),
  of.count('tries', 'Tries'),
  of.text('error', 'Why it did not arrive', 300, { grow: 3 }),
  of.when('sent_at', 'Sent'),
]
