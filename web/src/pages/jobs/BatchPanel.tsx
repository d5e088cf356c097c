import Button from '@mui/material/Button'
import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import TextField from '@mui/material/TextField'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addBatch, type Batch, type BatchDraft, deleteBatch, editBatch } from '../../api/batches'
import { jobRows } from '../../api/jobs'
import { useMay } from '../../api/session'
import { useConfirm } from '../../ui/Confirm'
import { DualList } from '../../ui/DualList'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { useRows } from '../../ui/useRows'

const ALL_JOBS = jobRows({})

/** A batch: which jobs, in which order, and what happens between them. */
export function BatchPanel({ batch, close }: { batch: Batch | null; close: () => void }) {
  const [draft, setDraft] = useState<BatchDraft>({
    name: batch?.name ?? '',
    description: batch?.description,
    jobs: batch?.jobs ?? [],
    stop_on_failure: batch?.order.stop_on_failure ?? false,
    delay: batch?.order.delay ?? 5,
  })
  const jobs = useRows(ALL_JOBS)
  const mayEdit = useMay('operator')
  const queries = useQueryClient()
  const tell = useToasts()
  const confirm = useConfirm()
  const done = async (text: string) => {
    await queries.invalidateQueries({ queryKey: ['batches'] })
    close()
    tell.done(text)
  }
  const save = useMutation({
    mutationFn: () => (batch ? editBatch(batch.slug, draft) : addBatch(draft)),
    onSuccess: () => done('Batch saved'),
    onError: tell.failed,
  })
  const remove = async (of: Batch) => {
    const preview = 'Its jobs stay.'
    if (!(await confirm({ title: `Delete the batch ${of.name}?`, preview, yes: 'Delete', danger: true }))) return
    await deleteBatch(of.slug)
    await done(`Deleted ${of.name}`)
  }
  const set = (to: Partial<BatchDraft>) => setDraft((old) => ({ ...old, ...to }))
  return (
    <SidePanel title={batch ? batch.name : 'New batch'} close={close} wide>
      <TextField label="Name" required value={draft.name} onChange={(e) => set({ name: e.target.value })} />
      <TextField
        label="Description"
        value={draft.description ?? ''}
        onChange={(e) => set({ description: e.target.value || undefined })}
      />
      <DualList
        label="Jobs"
        all={jobs.rows.map((j) => ({ id: j.slug, label: j.name }))}
        chosen={draft.jobs ?? []}
        change={(jobs) => set({ jobs })}
      />
      <TextField
        label="Seconds between two jobs"
        type="number"
        value={draft.delay ?? ''}
        onChange={(e) => set({ delay: e.target.value === '' ? undefined : Number(e.target.value) })}
        slotProps={{ htmlInput: { min: 0, max: 60 } }}
      />
      <FormControlLabel
        label="Stop when a job fails"
        control={
          <Checkbox checked={draft.stop_on_failure ?? false} onChange={(_, on) => set({ stop_on_failure: on })} />
        }
      />
      {mayEdit && (
        <div style={{ display: 'flex', gap: 8 }}>
          <Button
            variant="contained"
            loading={save.isPending}
            disabled={draft.name.trim() === '' || draft.jobs?.length === 0}
            onClick={() => save.mutate()}
          >
            Save
          </Button>
          {batch && (
            <Button color="error" onClick={() => void remove(batch).catch(tell.failed)}>
              Delete…
            </Button>
          )}
        </div>
      )}
    </SidePanel>
  )
}
