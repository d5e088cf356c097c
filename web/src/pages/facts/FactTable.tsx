import { factRows } from '../../api/facts'
import type { FactView } from '../../api/types'
import { Empty, Failure } from '../../ui/States'
import { DataTable } from '../../ui/table/DataTable'
import { useRows } from '../../ui/useRows'
import { factColumns } from './columns'

/** Facts of one kind of one device, as a part of a page. */
export function FactTable({ kind, device, empty }: { kind: string; device: string; empty: string }) {
  const rows = useRows<FactView>(factRows(kind, { device }))
  if (rows.error) return <Failure error={rows.error} again={rows.again} />
  return (
    <DataTable
      label={kind}
      columns={factColumns(kind, rows.rows).filter((c) => c.id !== 'device')}
      rows={rows.rows}
      keyOf={keyOfFact}
      more={rows.more}
      loading={rows.loading}
      empty={<Empty title="Nothing of that is known">{empty}</Empty>}
    />
  )
}

export const keyOfFact = (f: FactView) =>
  `${f.device} ${f.evidence.capture} ${f.evidence.first_line} ${JSON.stringify(f)}`
