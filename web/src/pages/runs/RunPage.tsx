import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type Execution, runQuery } from '../../api/runs'
import { Page } from '../../ui/Page'
import { Stat, Stats } from '../../ui/Stat'
import { StateChip } from '../../ui/StateChip'
import { Empty, Failure, Loading } from '../../ui/States'
import { choice } from '../../ui/table/make'
import { TableBlock } from '../../ui/table/TableBlock'
import { useUrlState } from '../../ui/urlState'
import { When } from '../../ui/When'
import { itemColumns, took } from './columns'
import { LiveRun } from './LiveRun'
import { RunActions } from './RunActions'
import { useLive } from './useLive'

export default function RunPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const run = useQuery(runQuery(id))
  if (run.error) return <Failure error={run.error} again={() => void run.refetch()} />
  if (!run.data) return <Loading />
  const r = run.data
  return (
    <Page
      title={`Execution ${r.id}`}
      fill={r.state !== 'running'}
      about={
        <>
          {r.kind} by {r.actor}, <When at={r.started_at} /> {took(r) && `· took ${took(r)}`}
        </>
      }
      actions={
        <>
          <StateChip state={r.state} />
          <RunActions run={r} />
        </>
      }
    >
      {r.state === 'running' ? <Running id={id} /> : <Done run={r} />}
    </Page>
  )
}

function Running({ id }: { id: string }) {
  const queries = useQueryClient()
  const ended = useCallback(() => void queries.invalidateQueries(), [queries])
  return <LiveRun live={useLive(id, ended)} />
}

function Done({ run }: { run: Execution }) {
  const [{ state }] = useUrlState()
  const devices = run.devices.filter((d) => !state || d.state === state)
  return (
    <>
      <Stats>
        <Stat label="Devices" value={run.total} />
        <Stat label="Succeeded" value={run.succeeded} tone="ok" />
        <Stat label="Failed" value={run.failed} tone={run.failed > 0 ? 'bad' : 'plain'} />
        <Stat label="Skipped" value={run.skipped} note={run.skipped > 0 ? 'each with a reason' : undefined} />
        <Stat label="Remaining" value={run.remaining} />
      </Stats>
      <TableBlock
        label="Results"
        file={`execution-${run.id}`}
        filters={[choice('state', 'State', ['success', 'failed', 'skipped', 'pending'])]}
        columns={itemColumns}
        rows={devices}
        keyOf={(i) => `${i.name} ${i.address}`}
        empty={<Empty title="No device of it is like that" />}
      />
    </>
  )
}
