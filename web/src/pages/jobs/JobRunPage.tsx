import Button from '@mui/material/Button'
import LinearProgress from '@mui/material/LinearProgress'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { cancelJobs, jobRunQuery } from '../../api/jobs'
import { May } from '../../shell/May'
import { Page } from '../../ui/Page'
import { Stat, Stats } from '../../ui/Stat'
import { StateChip } from '../../ui/StateChip'
import { Empty, Failure, Loading } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import { TableBlock } from '../../ui/table/TableBlock'
import { runColumns } from '../runs/columns'

/** Jobs that are run together: how far they are, and what came of each. */
export default function JobRunPage() {
  const { name = '' } = useParams({ strict: false }) as { name?: string }
  const going = useQuery(jobRunQuery(name))
  const tell = useToasts()
  if (going.error) return <Failure error={going.error} again={() => void going.refetch()} />
  if (!going.data) return <Loading />
  const g = going.data
  const total = g.jobs.length || g.executions.length
  const over = g.executions.filter((e) => e.state !== 'running').length
  const left = g.jobs[g.begun - 1]
  return (
    <Page
      title={`Jobs together: ${g.name}`}
      fill
      about={g.is_over ? 'Over' : left ? `Now: ${left}` : 'About to begin'}
      actions={
        <>
          <StateChip state={g.is_over ? (g.report?.state ?? 'over') : 'running'} />
          {!g.is_over && (
            <May as="operator">
              <Button color="error" variant="outlined" onClick={() => void cancelJobs(g.name).catch(tell.failed)}>
                Cancel
              </Button>
            </May>
          )}
        </>
      }
    >
      <LinearProgress
        variant="determinate"
        aria-label="Jobs that are over"
        value={g.is_over ? 100 : total > 0 ? (over / total) * 100 : 0}
      />
      <Stats>
        <Stat label="Jobs" value={total} />
        <Stat label="Over" value={over} />
        <Stat label="Devices succeeded" value={sum(g.executions.map((e) => e.succeeded))} tone="ok" />
        <Stat
          label="Devices failed"
          value={sum(g.executions.map((e) => e.failed))}
          tone={sum(g.executions.map((e) => e.failed)) > 0 ? 'bad' : 'plain'}
        />
      </Stats>
      <TableBlock
        label="Executions"
        file="jobs-together"
        columns={runColumns}
        rows={g.executions}
        keyOf={(r) => r.id}
        empty={<Empty title="None has begun yet" />}
      />
    </Page>
  )
}

const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0)
