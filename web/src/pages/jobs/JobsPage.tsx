import Add from '@mui/icons-material/Add'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type Job, jobRows } from '../../api/jobs'
import { schedulesQuery } from '../../api/schedules'
import { useMay } from '../../api/session'
import { useNewKey } from '../../ui/keys'
import { Empty } from '../../ui/States'
import type { RowKey } from '../../ui/table/DataTable'
import { choice, typed } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { jobColumns } from './columns'
import { JobFiles } from './JobFiles'
import { RunPanel } from './RunPanel'
import { useJobActions } from './useJobActions'

const YES_NO = ['yes', 'no']

/** What is collected again and again. */
export default function JobsPage() {
  const [filter] = useUrlState()
  const navigate = useNavigate()
  const mayEdit = useMay('operator')
  const schedules = useQuery(schedulesQuery)
  const [picked, pick] = useState<Set<RowKey>>(new Set())
  const [runs, setRuns] = useState(false)
  const jobs = [...picked].map(String)
  const done = () => pick(new Set())
  const { alter, remove } = useJobActions(done)
  const when = useMemo(() => new Map((schedules.data?.items ?? []).map((s) => [s.job, s])), [schedules.data])
  const columns = useMemo(() => jobColumns(when), [when])
  useNewKey('New job', () => mayEdit && void navigate({ to: '/jobs/new' as '/' }))
  return (
    <>
      <TablePage<Job>
        title="Jobs"
        about="What is collected again and again: what, from which devices, and how. A schedule says when."
        file="jobs"
        noun={['job', 'jobs']}
        columns={columns}
        query={jobRows(filter)}
        keyOf={(j) => j.slug}
        onOpen={(j) => void navigate({ to: `/jobs/${j.slug}` as '/' })}
        onDelete={mayEdit ? (j) => remove([j.slug]) : undefined}
        picked={mayEdit ? picked : undefined}
        onPick={pick}
        filters={[
          typed('q', 'Name or description', 200),
          typed('type', 'Capture type', 150),
          typed('vendor', 'Vendor', 130),
          typed('tag', 'Tag', 110),
          choice('enabled', 'Enabled', YES_NO, 110),
          choice('favourite', 'Favourite', YES_NO, 110),
        ]}
        actions={
          mayEdit && (
            <>
              {jobs.length > 0 && (
                <>
                  <Button variant="contained" onClick={() => setRuns(true)}>
                    Run {jobs.length}…
                  </Button>
                  <Button variant="outlined" onClick={() => alter({ jobs, enabled: true })}>
                    Enable
                  </Button>
                  <Button variant="outlined" onClick={() => alter({ jobs, enabled: false })}>
                    Disable
                  </Button>
                  <Button variant="outlined" onClick={() => alter({ jobs, favourite: true })}>
                    Favour
                  </Button>
                  <Button variant="outlined" color="error" onClick={() => remove(jobs)}>
                    Delete…
                  </Button>
                </>
              )}
              <JobFiles picked={jobs} />
              <Button variant="contained" startIcon={<Add />} component={Link} to={'/jobs/new' as '/'}>
                New job
              </Button>
            </>
          )
        }
        empty={
          <Empty title="No job is like that">
            Make one, or bring the starter library: a hundred jobs for four families of devices.
          </Empty>
        }
      />
      {runs && <RunPanel jobs={jobs} close={() => setRuns(false)} />}
    </>
  )
}
