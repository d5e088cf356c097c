import Download from '@mui/icons-material/Download'
import Button from '@mui/material/Button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type AsWhom, cancelRun, type Execution, resumeRun, retryRun } from '../../api/runs'
import { ANY_SITE } from '../../api/session'
import { May } from '../../shell/May'
import { useConfirm } from '../../ui/Confirm'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { AsWhomFields, asWhomOf } from '../collect/AsWhomFields'

type Again = 'retry' | 'resume'

const TITLES: Record<Again, string> = { retry: 'Retry what failed', resume: 'Go on where it stopped' }

/** What can be done with a run: stop it, try again what failed, go on, take its captures away. */
export function RunActions({ run }: { run: Execution }) {
  const [again, setAgain] = useState<Again | null>(null)
  const isOver = run.state !== 'running'
  return (
    <>
      {isOver && run.kind === 'collection' && (
        <Button
          variant="outlined"
          startIcon={<Download />}
          component="a"
          href={`/api/v1/executions/${run.id}/archive`}
          download
        >
          Download
        </Button>
      )}
      <May as="operator" at={ANY_SITE}>
        {!isOver && <Cancel run={run} />}
        {isOver && run.remaining > 0 && (
          <Button variant="contained" onClick={() => setAgain('resume')}>
            Resume
          </Button>
        )}
        {isOver && run.failed > 0 && (
          <Button variant="outlined" onClick={() => setAgain('retry')}>
            Retry {run.failed} failed
          </Button>
        )}
      </May>
      {again && <GoOn run={run} again={again} close={() => setAgain(null)} />}
    </>
  )
}

function Cancel({ run }: { run: Execution }) {
  const confirm = useConfirm()
  const queries = useQueryClient()
  const tell = useToasts()
  const cancel = async () => {
    const preview =
      'Devices that are being asked are left in good order; what they said so far stays. It can be resumed.'
    if (!(await confirm({ title: `Cancel execution ${run.id}?`, preview, yes: 'Cancel the execution', danger: true })))
      return
    await cancelRun(run.id)
    await queries.invalidateQueries({ queryKey: ['execution', String(run.id)] })
  }
  return (
    <Button variant="outlined" color="error" onClick={() => void cancel().catch(tell.failed)}>
      Cancel…
    </Button>
  )
}

function GoOn({ run, again, close }: { run: Execution; again: Again; close: () => void }) {
  const tell = useToasts()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const start = useMutation({
    mutationFn: (as: AsWhom) => (again === 'retry' ? retryRun(run.id, as) : resumeRun(run.id, as)),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries()
      close()
      void navigate({ to: `/executions/${id}` as '/' })
    },
    onError: tell.failed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    start.mutate(asWhomOf(new FormData(event.currentTarget)))
  }
  return (
    <SidePanel title={TITLES[again]} close={close}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        <AsWhomFields />
        <Button type="submit" variant="contained" loading={start.isPending}>
          {again === 'retry' ? `Ask ${run.failed} devices again` : `Ask the ${run.remaining} that remain`}
        </Button>
      </form>
    </SidePanel>
  )
}
