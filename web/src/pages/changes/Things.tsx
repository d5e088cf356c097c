import type { ChangedThing } from '../../api/types'
import { Section } from '../../ui/Fields'
import { StateChip } from '../../ui/StateChip'
import type { Column } from '../../ui/table/columns'
import { DataTable } from '../../ui/table/DataTable'
import { ProofMark } from '../captures/ProofMark'

/** What became different, each with the lines before and after. */
export function Things({ things }: { things: ChangedThing[] }) {
  return (
    <Section title="What became different">
      <DataTable
        short
        label="What became different"
        columns={columns}
        rows={things}
        keyOf={(t) => `${t.action} ${t.subject} ${t.before} ${t.after}`}
        empty={null}
      />
    </Section>
  )
}

const columns: Column<ChangedThing>[] = [
  { id: 'action', head: 'Action', width: 100, text: (t) => t.action, cell: (t) => <StateChip state={t.action} /> },
  { id: 'subject', head: 'What', width: 200, grow: 2, text: (t) => t.subject, mono: true },
  {
    id: 'before',
    head: 'Before',
    width: 200,
    grow: 2,
    text: (t) => t.before,
    cell: (t) => (
      <>
        {t.before} {t.old && <ProofMark evidence={t.old} of={`${t.subject} before`} />}
      </>
    ),
  },
  {
    id: 'after',
    head: 'After',
    width: 200,
    grow: 2,
    text: (t) => t.after,
    cell: (t) => (
      <>
        {t.after} {t.new && <ProofMark evidence={t.new} of={`${t.subject} after`} />}
      </>
    ),
  },
]
