import { factRows } from '../../api/facts'
import type { FactView } from '../../api/types'
import { Empty } from '../../ui/States'
import { AskedBlock } from '../../ui/table/TableBlock'
import { factColumns } from './columns'

/** Facts of one kind of one device, as a part of a page. */
export function FactTable({ kind, device, empty }: { kind: string; device: string; empty: string }) {
  return (
    <AskedBlock<FactView>
      label={kind}
      file={`${kind}-${device}`}
      query={factRows(kind, { device })}
      columns={(rows) => factColumns(kind, rows).filter((c) => c.id !== 'device')}
      keyOf={keyOfFact}
      empty={<Empty title="Nothing of that is known">{empty}</Empty>}
    />
  )
}

export const keyOfFact = (f: FactView) =>
  `${f.device} ${f.evidence.capture} ${f.evidence.first_line} ${JSON.stringify(f)}`
