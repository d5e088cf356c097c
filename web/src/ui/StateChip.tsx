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

/**
 * A state in its colour and with a mark, so that nobody needs to see the colour. Drawn as an outlined chip of MUI is, by one element
 * and classes of the theme: a table that is scrolled draws a thousand of them a second.
 */
export function StateChip({ state }: { state: string }) {
  const colour = COLOURS[state.toLowerCase()] ?? 'default'
  const mark = state === 'running' ? '▶ ' : MARKS[colour]
  return <span className={`state ${colour}`}>{`${mark}${state}`}</span>
}
