import { useParams } from '@tanstack/react-router'
import { factRows } from '../../api/facts'
import type { FactView } from '../../api/types'
import { Empty } from '../../ui/States'
import { typed } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { factColumns, headOf } from './columns'
import { keyOfFact } from './FactTable'

const TITLES: Record<string, string> = {
  arp: 'ARP table',
  mac: 'MAC table',
  routes: 'Routes',
  components: 'Components',
  interfaces: 'Interfaces',
}

/** All facts of one kind, of all devices: ARP, MAC, routes, components and the rest. */
export default function FactsPage() {
  const { kind = 'arp' } = useParams({ strict: false }) as { kind?: string }
  const [filter] = useUrlState()
  const query = factRows(kind, filter)
  const title = TITLES[kind] ?? headOf(kind)
  return (
    <TablePage
      key={kind}
      title={title}
      about="As the devices said; the mark by a value shows the lines."
      file={kind}
      noun={['row', 'rows']}
      columns={(rows: FactView[]) => factColumns(kind, rows)}
      query={query}
      keyOf={keyOfFact}
      filters={[
        typed('q', 'Whole or part', undefined, '0050.56, 10.1.1.'),
        typed('device', 'Device', 180),
        typed('at', 'As it was at', 170, 'now, 2h ago'),
      ]}
      empty={
        <Empty title={filter.q ? `Nothing in it has ${filter.q}` : 'The table is empty'}>
          Start a collection with this capture type, or take away a filter.
        </Empty>
      }
    />
  )
}
