import Button from '@mui/material/Button'
import { useQueryClient } from '@tanstack/react-query'
import { undo } from '../../api/objects'
import { ANY_SITE, useMay } from '../../api/session'
import { type UndoRecord, undoRows } from '../../api/system'
import { useConfirm } from '../../ui/Confirm'
import { Empty } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'

/** What was done and can be taken back. */
export default function UndoPage() {
  const mayUndo = useMay('operator', ANY_SITE)
  const confirm = useConfirm()
  const queries = useQueryClient()
  const tell = useToasts()
  const back = async (u: UndoRecord) => {
    const preview = `${u.rows} rows are as they were before. It is refused where something changed them since.`
    if (!(await confirm({ title: `Undo: ${u.action} of ${u.object}?`, preview, yes: 'Undo' }))) return
    await undo(u.id)
    await queries.invalidateQueries()
    tell.done('Undone')
  }
  return (
    <TablePage
      title="Undo"
      about="What people changed in the last 90 days, each with the way back."
      file="undo"
      noun={['change', 'changes']}
      columns={columnsWith(mayUndo ? (u) => void back(u).catch(tell.failed) : undefined)}
      query={undoRows}
      keyOf={(u) => u.id}
      empty={<Empty title="Nothing was changed by hand yet" />}
    />
  )
}

const of = columnsOf<UndoRecord>()

const columnsWith = (back?: (u: UndoRecord) => void): Column<UndoRecord>[] => [
  of.when('at', 'When'),
  of.text('actor', 'Who'),
  of.text('action', 'What was done', 160),
  of.text('object', 'To what', 280, { grow: 3 }),
  of.count('rows', 'Rows'),
  of.text('undone_by', 'Undone by', 120),
  of.text('id', 'Undo', 90, {
    text: () => '',
    cell: (u) =>
      back &&
      !u.undone_at && (
        <Button sx={{ p: 0 }} onClick={() => back(u)} aria-label={`Undo ${u.action} of ${u.object}`}>
          Undo…
        </Button>
      ),
  }),
]
