import Button from '@mui/material/Button'
import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import TextField from '@mui/material/TextField'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { runBatch } from '../../api/batches'
import { runJob, runJobs } from '../../api/jobs'
import { newKey } from '../../api/runs'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { AsWhomFields, asWhomOf } from '../collect/AsWhomFields'

interface RunProps {
  /** Jobs in their order; or those of a batch. */
  jobs: string[]
  batch?: string
  close: () => void
}

/** Runs one job, several, or a batch: as whom, how many devices, and what happens when one fails. */
export function RunPanel({ jobs, batch, close }: RunProps) {
  const [key] = useState(newKey)
  const tell = useToasts()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const only = batch === undefined && jobs.length === 1 ? jobs[0] : undefined
  const start = useMutation({
    mutationFn: async (form: FormData) => {
      const limit = Number(form.get('limit')) || undefined
      const how = { as_whom: asWhomOf(form), limit }
      const stop = form.get('stop') === 'on'
      if (only !== undefined) return `/executions/${(await runJob(only, how, key)).id}`
      const asked = { stop_on_failure: stop, delay: Number(form.get('delay') ?? 0), how }
      const { name } =
        batch === undefined
          ? await runJobs({ ...asked, jobs, at_once: Number(form.get('at_once')) || 1 }, key)
          : await runBatch(batch, asked, key)
      return `/job-runs/${encodeURIComponent(name)}`
    },
    onSuccess: async (to) => {
      await queries.invalidateQueries()
      close()
      void navigate({ href: to })
    },
    onError: tell.failed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    start.mutate(new FormData(event.currentTarget))
  }
  const number = (name: string, label: string, min: number, max: number, value?: number) => (
    <TextField name={name} label={label} type="number" defaultValue={value} slotProps={{ htmlInput: { min, max } }} />
  )
  return (
    <SidePanel
      title={batch ? `Run the batch ${batch}` : only ? `Run ${only}` : `Run ${jobs.length} jobs`}
      close={close}
    >
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        <AsWhomFields />
        {number('limit', 'Devices of each job, at most', 1, 100_000)}
        {only === undefined && (
          <>
            {batch === undefined && number('at_once', 'Jobs at once', 1, 50, 1)}
            {number('delay', 'Seconds between two jobs', 0, 60, 5)}
            <FormControlLabel name="stop" control={<Checkbox />} label="Stop when a job fails" />
          </>
        )}
        <Button type="submit" variant="contained" loading={start.isPending}>
          Run
        </Button>
      </form>
    </SidePanel>
  )
}
