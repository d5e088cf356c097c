import Chip from '@mui/material/Chip'

type Colour = 'success' | 'warning' | 'error' | 'info' | 'default'

const COLOURS: Record<string, Colour> = {
  active: 'success',
  success: 'success',
  ok: 'success',
  well: 'success',
  opened: 'success',
  sent: 'success',
  warning: 'warning',
  ill: 'error',
  closed: 'default',
  waiting: 'info',
  healthy: 'success',
  running: 'info',
  pending: 'info',
  staged: 'info',
  planned: 'info',
  partial: 'warning',
  interrupted: 'warning',
  moderate: 'warning',
  minor: 'info',
  failed: 'error',
  critical: 'error',
  error: 'error',
  offline: 'error',
}

const MARKS: Record<Colour, string> = { success: '✓ ', warning: '! ', error: '✗ ', info: '', default: '' }

/** A state in its colour and with a mark, so that nobody needs to see the colour. */
export function StateChip({ state }: { state: string }) {
  const colour = COLOURS[state.toLowerCase()] ?? 'default'
  const mark = state === 'running' ? '▶ ' : MARKS[colour]
  return (
    <Chip
      label={`${mark}${state}`}
      color={colour}
      variant="outlined"
      sx={{ height: 20, fontSize: 12, fontWeight: 600, verticalAlign: 'middle', mt: '-2px' }}
    />
  )
}
