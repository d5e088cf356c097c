import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { changeRows } from '../../api/changes'
import { figuresQuery } from '../../api/dashboard'
import { runRows } from '../../api/runs'
import type { ChangeView, Count, Figures, RunView } from '../../api/types'
import { Section } from '../../ui/Fields'
import { grouped } from '../../ui/number'
import { Page } from '../../ui/Page'
import { Stat, Stats, type Tone } from '../../ui/Stat'
import { Empty, Failure, Loading } from '../../ui/States'
import { DataTable } from '../../ui/table/DataTable'
import { useRows } from '../../ui/useRows'
import { changeColumns } from '../changes/columns'
import { PinnedReport } from '../reports/PinnedReport'
import { usePinned } from '../reports/pins'
import { runColumns } from '../runs/columns'
import { Bars } from './Bars'
import { NextRuns } from './NextRuns'

export default function DashboardPage() {
  const figures = useQuery(figuresQuery)
  const { pinned } = usePinned()
  if (figures.error) return <Failure error={figures.error} again={() => void figures.refetch()} />
  if (!figures.data) return <Loading />
  if (figures.data.devices === 0) return <Welcome />
  return (
    <Page title="Dashboard">
      <Cards figures={figures.data} />
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,3fr) minmax(0,2fr)' },
        }}
      >
        <NewestChanges />
        <Section title="Devices by platform">
          <Bars counts={figures.data.by_platform} to={(name) => `/devices?platform=${name}`} />
        </Section>
        <NewestRuns />
        <Section title="Devices by site">
          <Bars counts={figures.data.by_site} to={(name) => `/devices?site=${name}`} />
        </Section>
        <NextRuns />
        {pinned.map((name) => (
          <PinnedReport key={name} name={name} />
        ))}
      </Box>
    </Page>
  )
}

const of = (counts: Count[], ...names: string[]) =>
  counts.filter((c) => names.includes(c.name)).reduce((sum, c) => sum + c.count, 0)

function Cards({ figures: f }: { figures: Figures }) {
  const critical = of(f.changes_day, 'critical')
  const failedRuns = of(f.runs, 'failed', 'partial', 'interrupted')
  const read = of(
    f.parsing.map((p) => ({ name: p.outcome, count: p.devices })),
    'parsed',
  )
  const all = f.parsing.reduce((sum, p) => sum + p.devices, 0)
  const day = f.changes_day.reduce((sum, c) => sum + c.count, 0)
  return (
    <Stats>
      <Stat label="Devices" value={grouped(f.devices)} note={`at ${f.sites} sites`} to="/devices" />
      <Stat
        label="Changes, 24 h"
        value={grouped(day)}
        note={`${critical} critical`}
        tone={tone(critical)}
        to="/changes?since=24h+ago"
      />
      <Stat
        label="Read wholly"
        value={all ? `${Math.floor((read * 100) / all)} %` : '—'}
        note={`${grouped(read)} of ${grouped(all)} captures`}
      />
      <Stat
        label="With a credential"
        value={`${Math.floor(f.credential_coverage_percent)} %`}
        note={`${grouped(f.with_credential)} devices`}
        to="/devices?credential=ok"
      />
      <Stat label="Running now" value={grouped(of(f.queue, 'running', 'pending'))} note="devices" to="/executions" />
      <Stat
        label="Runs with failures"
        value={grouped(failedRuns)}
        tone={failedRuns > 0 ? 'warn' : 'plain'}
        to="/executions"
      />
    </Stats>
  )
}

const tone = (critical: number): Tone => (critical > 0 ? 'bad' : 'plain')

function NewestChanges() {
  const rows = useRows<ChangeView>(changeRows({}))
  const navigate = useNavigate()
  return (
    <Section title="Newest changes" actions={<More to="/changes" label="All changes" />}>
      {rows.error ? (
        <Failure error={rows.error} />
      ) : (
        <DataTable
          short
          label="Newest changes"
          columns={changeColumns.filter((c) => c.id !== 'by')}
          rows={rows.rows.slice(0, 8)}
          keyOf={(c) => c.id}
          onOpen={(c) => void navigate({ to: `/changes/${c.id}` as '/' })}
          empty={<Empty title="Nothing changed yet">Collect a second time to see what is different.</Empty>}
        />
      )}
    </Section>
  )
}

function NewestRuns() {
  const rows = useRows<RunView>(runRows({}))
  const navigate = useNavigate()
  const shown = ['id', 'kind', 'job', 'state', 'started_at', 'ended_at', 'failed']
  return (
    <Section title="Newest executions" actions={<More to="/executions" label="All executions" />}>
      {rows.error ? (
        <Failure error={rows.error} />
      ) : (
        <DataTable
          short
          label="Newest executions"
          columns={runColumns.filter((c) => shown.includes(c.id))}
          rows={rows.rows.slice(0, 6)}
          keyOf={(r) => r.id}
          onOpen={(r) => void navigate({ to: `/executions/${r.id}` as '/' })}
          empty={<Empty title="Nothing was run yet" />}
        />
      )}
    </Section>
  )
}

const More = ({ to, label }: { to: string; label: string }) => (
  <Button component={Link} to={to}>
    {label}
  </Button>
)

/** The first screen of a new installation: from one address to a record of the network. */
function Welcome() {
  return (
    <Page title="Welcome">
      <Section title="From one address to the whole network">
        <Typography sx={{ mb: 1.5, maxWidth: 640 }}>
          Give the address of one switch or router and an account. Velocity asks it for its neighbours, visits them, and
          keeps what they say: devices, hardware, links. No account is locked: a wrong password costs two log-ins, in
          all runs together.
        </Typography>
        <Button component={Link} to="/discover" variant="contained" size="large">
          Discover the network
        </Button>
      </Section>
      <Section title="Other ways to begin">
        <ul>
          <li>
            Import a list: <code>velocity devices import devices.csv --dry-run</code>
          </li>
          <li>
            Try it on a simulated network: <code>velocity lab up --devices 12</code>
          </li>
        </ul>
        <More to="/help" label="Read the guide" />
      </Section>
    </Page>
  )
}
