import type { ChangedThing } from '../../api/types'
import { Section } from '../../ui/Fields'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { TableBlock } from '../../ui/table/TableBlock'
import { ProofMark } from '../captures/ProofMark'

/** What became different, each with the lines before and after. */
export function Things({ things }: { things: ChangedThing[] }) {
  return (
    <Section title="What became different">
      <TableBlock
        short
        file="changed"
        label="What became different"
        columns={columns}
        rows={things}
        keyOf={(t) => `${t.action} ${t.subject} ${t.before} ${t.after}`}
        empty={null}
      />
    </Section>
  )
}

const of = columnsOf<ChangedThing>()

const columns: Column<ChangedThing>[] = [
  of.state('action', 'Action', 100),
  of.mono('subject', 'What', 200, { grow: 2 }),
  of.text('before', 'Before', 200, {
    grow: 2,
    cell: (t) => (
      <>
        {t.before} {t.old && <ProofMark evidence={t.old} of={`${t.subject} before`} />}
      </>
    ),
  }),
  of.text('after', 'After', 200, {
    grow: 2,
    cell: (t) => (
      <>
        {t.after} {t.new && <ProofMark evidence={t.new} of={`${t.subject} after`} />}
      </>
    ),
  }),
]
