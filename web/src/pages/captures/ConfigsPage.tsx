import Autocomplete from '@mui/material/Autocomplete'
import Box from '@mui/material/Box'
import MenuItem from '@mui/material/MenuItem'
import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import TextField from '@mui/material/TextField'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { capturePair, latestQuery, versionsQuery } from '../../api/captures'
import type { CaptureView } from '../../api/types'
import { Page } from '../../ui/Page'
import { Empty, Failure, Loading } from '../../ui/States'
import { utc } from '../../ui/time'
import { useUrlState } from '../../ui/urlState'
import { Blame } from './Blame'
import { History } from './History'

const DiffView = lazy(() => import('../../ui/DiffView'))
const CodeViewer = lazy(() => import('../../ui/CodeViewer'))

/** Configurations of a device: two versions side by side, or the only one. */
export default function ConfigsPage() {
  const [{ device = '', from, to, tab = 'compare' }, set] = useUrlState()
  const all = useQuery(latestQuery('configs'))
  const versions = useQuery(versionsQuery(device, 'configs'))
  const good = (versions.data?.items ?? []).filter((c) => c.version !== null)
  const right = good.find((c) => String(c.version) === to) ?? good[0]
  const left =
    good.find((c) => String(c.version) === from) ?? good.find((c) => (c.version ?? 0) < (right?.version ?? 0))
  const pick = (word: 'from' | 'to', label: string, chosen: CaptureView | undefined) => (
    <TextField
      select
      label={label}
      value={chosen?.version ?? ''}
      onChange={(e) => set({ [word]: e.target.value })}
      sx={{ width: 270 }}
      disabled={good.length < 2}
    >
      {good.map((c) => (
        <MenuItem key={c.id} value={c.version ?? ''}>
          {c.version}: since {utc(c.first_seen)} UTC
        </MenuItem>
      ))}
    </TextField>
  )
  return (
    <Page
      title="Configurations"
      fill
      about="Versions of a running configuration: side by side, all of them, or line by line; secrets masked."
    >
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Autocomplete
          size="small"
          sx={{ width: 230 }}
          options={(all.data?.items ?? []).map((c) => c.device)}
          value={device || null}
          onChange={(_, name) => set({ device: name ?? undefined, from: undefined, to: undefined })}
          renderInput={(params) => <TextField {...params} label="Device" />}
        />
        {device && tab === 'compare' && pick('from', 'Before', left)}
        {device && tab === 'compare' && pick('to', 'After', right)}
      </Box>
      {device && (
        <Tabs value={tab} onChange={(_, id) => set({ tab: id === 'compare' ? undefined : id })} aria-label="Views">
          <Tab value="compare" label="Side by side" />
          <Tab value="history" label="History" />
          <Tab value="blame" label="Line by line" />
        </Tabs>
      )}
      {all.error || versions.error ? (
        <Failure error={all.error ?? versions.error} />
      ) : !device ? (
        <Empty title="Choose a device">Its versions are shown side by side, with what differs.</Empty>
      ) : !versions.data ? (
        <Loading />
      ) : !right ? (
        <Empty title="No configuration of it yet">Collect `configs` of this device.</Empty>
      ) : tab === 'history' ? (
        <History device={device} versions={good} />
      ) : tab === 'blame' ? (
        <Blame device={device} type="configs" />
      ) : (
        <TwoVersions before={left} after={right} />
      )}
    </Page>
  )
}

function TwoVersions({ before, after }: { before: CaptureView | undefined; after: CaptureView }) {
  const pair = useQuery(capturePair((before ?? after).id, after.id))
  if (pair.error) return <Failure error={pair.error} />
  if (!pair.data) return <Loading />
  const [left, right] = pair.data
  const label = (c: CaptureView) => `Version ${c.version}, since ${utc(c.first_seen)} UTC`
  return (
    <Suspense fallback={<Loading />}>
      {before ? (
        <DiffView before={left.text} after={right.text} labels={[label(before), label(after)]} />
      ) : (
        <CodeViewer text={right.text} label={label(after)} />
      )}
    </Suspense>
  )
}
