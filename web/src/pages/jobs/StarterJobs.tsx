import Button from '@mui/material/Button'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { addStarterJobs, type JobDraft, starterRows } from '../../api/jobs'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { DataTable } from '../../ui/table/DataTable'
import { columnsOf } from '../../ui/table/make'
import { useRows } from '../../ui/useRows'
import { useWritten } from '../objects/ObjectPanel'
import { collects } from './columns'

const FAMILIES = ['arista', 'cisco-ios', 'cisco-nxos', 'juniper']

/** The library that comes with the product: what is not kept yet is added. */
export function StarterJobs({ close }: { close: () => void }) {
  const [family, setFamily] = useState('')
  const starter = useRows(starterRows)
  const tell = useToasts()
  const written = useWritten()
  const add = useMutation({
    mutationFn: () => addStarterJobs(family || undefined),
    onSuccess: ({ records, undo }) => {
      close()
      written(`Added ${records.filter((r) => r.effect === 'create').length} jobs`, undo)
    },
    onError: tell.failed,
  })
  const rows = starter.rows.filter((j) => j.slug?.startsWith(family) ?? true)
  return (
    <SidePanel title="Starter jobs" close={close}>
      <TextField select label="Family" value={family} onChange={(e) => setFamily(e.target.value)}>
        <MenuItem value="">All</MenuItem>
        {FAMILIES.map((f) => (
          <MenuItem key={f} value={f}>
            {f}
          </MenuItem>
        ))}
      </TextField>
      <DataTable short label="Starter jobs" columns={columns} rows={rows} keyOf={(j) => j.name} empty={null} />
      <Button variant="contained" loading={add.isPending} onClick={() => add.mutate()}>
        Add those that are not there yet
      </Button>
    </SidePanel>
  )
}

const of = columnsOf<JobDraft>()

const columns: Column<JobDraft>[] = [
  of.text('name', 'Name', 200, { grow: 2 }),
  of.text('what', 'Collects', 140, { text: (j) => collects({ what: j.what ?? {} }) }),
]
