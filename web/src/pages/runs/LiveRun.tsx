import Box from '@mui/material/Box'
import LinearProgress from '@mui/material/LinearProgress'
import Paper from '@mui/material/Paper'
import { useEffect, useRef } from 'react'
import { Section } from '../../ui/Fields'
import { Stat, Stats } from '../../ui/Stat'
import { span, utc } from '../../ui/time'
import type { Live, LiveDevice } from './live'

/** A run as it goes: figures, a bar of what is completed, the devices, the log. */
export function LiveRun({ live }: { live: Live }) {
  return (
    <>
      <Stats>
        <Stat label="Running" value={live.running} tone="info" />
        <Stat label="Completed" value={live.completed} tone="ok" />
        <Stat label="Failed" value={live.failed} tone={live.failed > 0 ? 'bad' : 'plain'} />
        <Stat label="Remaining" value={live.remaining} />
        <Stat label="Progress" value={`${live.progress} %`} />
      </Stats>
      <LinearProgress
        variant="determinate"
        value={live.progress}
        aria-label="Completed devices"
        sx={{ height: 8, borderRadius: 1, flexShrink: 0 }}
      />
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', lg: '3fr 2fr' } }}>
        <Section title="Devices">
          <DeviceGrid devices={[...live.devices.values()]} />
        </Section>
        <Section title="Activity">
          <Log lines={live.log} />
        </Section>
      </Box>
    </>
  )
}

const SHOWN = 600

/** What fails comes first, then what runs: those are what somebody looks for. */
const RANK: Record<string, number> = { failed: 0, running: 1, success: 2, skipped: 3 }
const MARKS: Record<string, string> = {
  failed: '✗ FAILED',
  running: '▶ RUNNING',
  success: '✓ SUCCESS',
  skipped: '– SKIPPED',
}
const COLOURS: Record<string, string> = {
  failed: 'error.main',
  running: 'info.main',
  success: 'success.main',
  skipped: 'text.secondary',
}

function DeviceGrid({ devices }: { devices: LiveDevice[] }) {
  const sorted = devices.toSorted((a, b) => (RANK[a.state] ?? 9) - (RANK[b.state] ?? 9)).slice(0, SHOWN)
  return (
    <Box component="ul" aria-label="Devices of the run" tabIndex={0} sx={grid}>
      {sorted.map((d) => (
        <Paper component="li" key={d.address || d.name} title={title(d)} sx={{ p: 0.75, minWidth: 0 }}>
          <Box sx={{ ...line, fontWeight: 600 }}>{d.name}</Box>
          <Box sx={{ ...line, fontSize: 11.5, color: COLOURS[d.state] }}>{MARKS[d.state] ?? d.state}</Box>
        </Paper>
      ))}
      {devices.length > SHOWN && <Box component="li">and {devices.length - SHOWN} more</Box>}
    </Box>
  )
}

const title = (d: LiveDevice) =>
  [d.address, d.credential && `by ${d.credential}`, d.durationMs !== undefined && span(d.durationMs), d.message]
    .filter(Boolean)
    .join(' · ')

function Log({ lines }: { lines: Live['log'] }) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (lines.length && end.current) end.current.scrollTop = end.current.scrollHeight
  }, [lines])
  return (
    <Box ref={end} role="log" aria-label="Activity" tabIndex={0} className="mono" sx={log}>
      {lines.map((l, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end
        <div key={at}>
          [{utc(l.at).slice(11)}] {l.mark} {l.text}
        </div>
      ))}
    </Box>
  )
}

const grid = {
  display: 'grid',
  gap: 0.75,
  gridTemplateColumns: 'repeat(auto-fill, minmax(140px, 1fr))',
  maxHeight: 360,
  overflow: 'auto',
  p: 0,
  m: 0,
  listStyle: 'none',
}
const line = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }
const log = { height: 360, overflow: 'auto', fontSize: 12, lineHeight: 1.6, overflowWrap: 'anywhere' }
