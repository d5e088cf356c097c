import { Link } from '@tanstack/react-router'
import type { ItemView, RunView } from '../../api/types'
import { StateChip } from '../../ui/StateChip'
import type { Column } from '../../ui/table/columns'
import { span } from '../../ui/time'
import { When } from '../../ui/When'

export const runColumns: Column<RunView>[] = [
  {
    id: 'id',
    head: 'Execution',
    width: 90,
    text: (r) => r.id,
    cell: (r) => (
      <Link to={'/executions/$id' as '/'} params={{ id: r.id } as never}>
        {r.id}
      </Link>
    ),
  },
  { id: 'kind', head: 'Kind', width: 100, text: (r) => r.kind },
  { id: 'state', head: 'State', width: 115, text: (r) => r.state, cell: (r) => <StateChip state={r.state} /> },
  { id: 'started', head: 'Started', width: 105, text: (r) => r.started_at, cell: (r) => <When at={r.started_at} /> },
  { id: 'took', head: 'Took', width: 100, text: (r) => took(r) },
  { id: 'total', head: 'Devices', width: 80, text: (r) => r.total, align: 'right' },
  { id: 'ok', head: 'Succeeded', width: 90, text: (r) => r.succeeded, align: 'right' },
  { id: 'failed', head: 'Failed', width: 80, text: (r) => r.failed, align: 'right' },
  { id: 'skipped', head: 'Skipped', width: 80, text: (r) => r.skipped, align: 'right' },
  { id: 'actor', head: 'By', width: 100, text: (r) => r.actor },
]

export const took = (r: RunView) => (r.ended_at ? span(Date.parse(r.ended_at) - Date.parse(r.started_at)) : '')

export const itemColumns: Column<ItemView>[] = [
  { id: 'name', head: 'Device', width: 150, text: (i) => i.name },
  { id: 'address', head: 'Address', width: 130, text: (i) => i.address, mono: true },
  { id: 'state', head: 'State', width: 110, text: (i) => i.state, cell: (i) => <StateChip state={i.state} /> },
  { id: 'class', head: 'Class', width: 140, text: (i) => i.class },
  {
    id: 'message',
    head: 'Message',
    width: 280,
    grow: 3,
    text: (i) => i.message,
    cell: (i) => <span title={i.message}>{i.message}</span>,
  },
  {
    id: 'advice',
    head: 'What to do',
    width: 240,
    grow: 2,
    text: (i) => i.advice,
    cell: (i) => <span title={i.advice ?? undefined}>{i.advice}</span>,
  },
  { id: 'credential', head: 'Credential', width: 110, text: (i) => i.credential ?? i.username },
  {
    id: 'took',
    head: 'Took',
    width: 80,
    text: (i) => (i.duration_ms === null ? '' : span(i.duration_ms)),
    align: 'right',
  },
]
