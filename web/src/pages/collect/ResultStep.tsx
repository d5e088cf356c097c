import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { runQuery } from '../../api/runs'
import { Section } from '../../ui/Fields'
import { Stat, Stats } from '../../ui/Stat'
import { Failure, Loading } from '../../ui/States'
import { DataTable } from '../../ui/table/DataTable'
import { itemColumns, took } from '../runs/columns'

/** What a run came to, what failed and why, and where to go from here. */
export function ResultStep({
  run,
  commands,
  next,
}: {
  run: number
  commands?: number
  next: [to: string, label: string][]
}) {
  const result = useQuery(runQuery(run))
  if (result.error) return <Failure error={result.error} again={() => void result.refetch()} />
  if (!result.data) return <Loading />
  const r = result.data
  const failed = r.devices.filter((d) => d.state === 'failed')
  return (
    <>
      <Stats>
        <Stat label="Devices succeeded" value={r.succeeded} tone="ok" />
        <Stat label="Devices failed" value={r.failed} tone={r.failed > 0 ? 'bad' : 'plain'} />
        {commands !== undefined && <Stat label="Commands" value={commands * r.succeeded} />}
        <Stat label="Took" value={took(r)} />
        <Stat label="Execution" value={r.id} to={`/executions/${r.id}`} note="all results" />
      </Stats>
      {failed.length > 0 && (
        <Section title={`Failed devices (${failed.length})`}>
          <DataTable
            short
            label="Failed devices"
            columns={itemColumns.filter((c) => c.id !== 'state')}
            rows={failed}
            keyOf={(d) => `${d.name} ${d.address}`}
            empty={null}
          />
        </Section>
      )}
      <Section title="Next">
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          {next.map(([to, label]) => (
            <Button key={to} component={Link} to={to} variant="outlined" reloadDocument={false}>
              {label}
            </Button>
          ))}
        </Box>
      </Section>
    </>
  )
}
