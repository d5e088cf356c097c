import type { ItemView, RunView } from '../../api/types'
import { PlainLink } from '../../ui/PlainLink'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { span } from '../../ui/time'

export function RunLink({ id }: { id: number }) {
  return <PlainLink to={`/executions/${id}`}>{id}</PlainLink>
}

const of = columnsOf<RunView>()

export const runColumns: Column<RunView>[] = [
  of.text('id', 'Execution', 90, { cell: (r) => <RunLink id={r.id} /> }),
  of.text('kind', 'Kind', 100),
  of.text('job', 'Job', 130),
  of.state('state', 'State', 115),
  of.when('started_at', 'Started', 105),
  of.text('ended_at', 'Took', 100, { text: (r) => took(r) }),
  of.count('total', 'Devices'),
  of.count('succeeded', 'Succeeded', 90),
  of.count('failed', 'Failed'),
  of.count('skipped', 'Skipped'),
  of.text('actor', 'By', 100),
]

export const took = (r: RunView) => (r.ended_at ? span(Date.parse(r.ended_at) - Date.parse(r.started_at)) : '')

const item = columnsOf<ItemView>()

export const itemColumns: Column<ItemView>[] = [
  item.text('name', 'Device', 150),
  item.mono('address', 'Address', 130),
  item.state('state', 'State', 110),
  item.text('class', 'Class', 140),
  item.text('message', 'Message', 280, { grow: 3 }),
  item.text('advice', 'What to do', 240, { grow: 2 }),
  item.text('credential', 'Credential', 110, { text: (i) => i.credential ?? i.username }),
  item.text('duration_ms', 'Took', 80, {
    text: (i) => (i.duration_ms == null ? '' : span(i.duration_ms)),
    align: 'right',
  }),
]
