import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { duplicateJob, type Job, jobQuery } from '../../api/jobs'
import { useMay } from '../../api/session'
import { Page } from '../../ui/Page'
import { StateChip } from '../../ui/StateChip'
import { Failure, Loading } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import { When } from '../../ui/When'
import { RunLink } from '../runs/columns'
import { draftOf, NEW_JOB } from './draft'
import { JobForm } from './JobForm'
import { RunPanel } from './RunPanel'
import { useJobActions } from './useJobActions'

/** A job as a form; `/jobs/new` is an empty one. */
export default function JobPage() {
  const { slug = 'new' } = useParams({ strict: false }) as { slug?: string }
  return slug === 'new' ? <NewJob /> : <KeptJob key={slug} slug={slug} />
}

const NewJob = () => (
  <Page title="New job" about="What is collected, from which devices, and how.">
    <JobForm start={NEW_JOB} />
  </Page>
)

function KeptJob({ slug }: { slug: string }) {
  const job = useQuery(jobQuery(slug))
  if (job.error) return <Failure error={job.error} again={() => void job.refetch()} />
  if (!job.data) return <Loading />
  const j = job.data
  return (
    <Page
      title={j.name}
      about={
        <>
          {j.slug} · changed <When at={j.changed_at} /> by {j.changed_by}
          {j.last_run && (
            <>
              {' '}
              · last run <RunLink id={j.last_run.id} /> <When at={j.last_run.started_at} />{' '}
              <StateChip state={j.last_run.state} />
            </>
          )}
        </>
      }
      actions={<Actions job={j} />}
    >
      <JobForm key={j.version} start={draftOf(j)} kept={j} />
    </Page>
  )
}

function Actions({ job }: { job: Job }) {
  const [runs, setRuns] = useState(false)
  const navigate = useNavigate()
  const tell = useToasts()
  const { remove } = useJobActions(() => void navigate({ to: '/jobs' as '/' }))
  const toggle = useJobActions(() => {})
  if (!useMay('operator')) return !job.enabled && <StateChip state="paused" />
  const copy = () =>
    duplicateJob(job.slug).then(({ records }) => navigate({ to: `/jobs/${records[0]?.id}` as '/' }), tell.failed)
  return (
    <>
      <Button variant="outlined" onClick={() => toggle.alter({ jobs: [job.slug], enabled: !job.enabled })}>
        {job.enabled ? 'Disable' : 'Enable'}
      </Button>
      <Button variant="outlined" onClick={() => void copy()}>
        Duplicate
      </Button>
      <Button variant="outlined" color="error" onClick={() => remove([job.slug])}>
        Delete…
      </Button>
      <Button variant="contained" onClick={() => setRuns(true)}>
        Run…
      </Button>
      {runs && <RunPanel jobs={[job.slug]} close={() => setRuns(false)} />}
    </>
  )
}
