import Add from '@mui/icons-material/Add'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { type Batch, batchRows } from '../../api/batches'
import { useMay } from '../../api/session'
import { useNewKey } from '../../ui/keys'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { RowButton } from '../../ui/table/RowButton'
import { TablePage } from '../../ui/table/TablePage'
import { BatchPanel } from './BatchPanel'
import { RunPanel } from './RunPanel'

/** Jobs that are run one after the other. */
export default function BatchesPage() {
  const [open, setOpen] = useState<Batch | 'new' | null>(null)
  const [runs, setRuns] = useState<Batch | null>(null)
  const mayEdit = useMay('operator')
  useNewKey('New batch', () => mayEdit && setOpen('new'))
  return (
    <>
      <TablePage
        title="Batches"
        about="Jobs that are run one after the other, each a file in the folder of batches."
        file="batches"
        noun={['batch', 'batches']}
        columns={columnsWith(setOpen, mayEdit ? setRuns : undefined)}
        query={batchRows}
        keyOf={(b) => b.slug}
        onOpen={setOpen}
        actions={
          mayEdit && (
            <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('new')}>
              New batch
            </Button>
          )
        }
        empty={<Empty title="No batches">Put jobs in an order in which they are run together.</Empty>}
      />
      {open && <BatchPanel batch={open === 'new' ? null : open} close={() => setOpen(null)} />}
      {runs && <RunPanel batch={runs.slug} jobs={runs.jobs ?? []} close={() => setRuns(null)} />}
    </>
  )
}

const of = columnsOf<Batch>()

const columnsWith = (open: (batch: Batch) => void, run?: (batch: Batch) => void): Column<Batch>[] => [
  of.text('name', 'Name', 180, { cell: (b) => <RowButton text={b.name} run={() => open(b)} /> }),
  of.text('jobs', 'Jobs, in their order', 300, { grow: 3 }),
  of.text('order', 'When one fails', 120, { text: (b) => (b.order.stop_on_failure ? 'stops' : 'goes on') }),
  of.text('file', 'Between two', 110, { text: (b) => `${b.order.delay} s` }),
  of.text('missing', 'Not there', 140),
  of.text('slug', 'Run', 80, {
    text: () => '',
    cell: (b) =>
      run && (
        <Button onClick={() => run(b)} aria-label={`Run ${b.name}`} sx={{ p: 0 }}>
          Run…
        </Button>
      ),
  }),
]
