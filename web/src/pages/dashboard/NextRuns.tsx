import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Schedule, schedulesQuery } from '../../api/schedules'
import { Section } from '../../ui/Fields'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { DataTable } from '../../ui/table/DataTable'
import { columnsOf } from '../../ui/table/make'
import { JobLink } from '../jobs/columns'

const SHOWN = 6

/** What is run next, by its schedule. */
export function NextRuns() {
  const all = useQuery(schedulesQuery)
  const due = (all.data?.items ?? []).filter((s) => s.next)
  const rows = due.toSorted((a, b) => String(a.next).localeCompare(String(b.next))).slice(0, SHOWN)
  return (
    <Section
      title="Next runs"
      actions={
        <Button component={Link} to={'/schedules' as '/'}>
          All schedules
        </Button>
      }
    >
      <DataTable
        short
        label="Next runs"
        columns={columns}
        rows={rows}
        keyOf={(s) => s.id}
        loading={all.isLoading}
        empty={<Empty title="Nothing is scheduled">Make a job, then say when it is run.</Empty>}
      />
    </Section>
  )
}

const of = columnsOf<Schedule>()

const columns: Column<Schedule>[] = [
  of.when('next', 'Next', 100),
  of.text('job', 'Job', 160, { grow: 2, cell: (s) => <JobLink slug={s.job} /> }),
  of.text('when', 'When', 180, { grow: 2 }),
]
