import { alpha, useTheme } from '@mui/material/styles'
import { useMemo } from 'react'

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
 * A state in its colour and with a mark, so that nobody needs to see the colour. Drawn as an outlined chip of MUI is, by one element:
 * a table that is scrolled draws a thousand of them a second.
 */
export function StateChip({ state }: { state: string }) {
  const { palette } = useTheme()
  const colour = COLOURS[state.toLowerCase()] ?? 'default'
  const mark = state === 'running' ? '▶ ' : MARKS[colour]
  const shade = colour === 'default' ? palette.text.primary : palette[colour].main
  const style = useMemo(() => ({ ...CHIP, color: shade, borderColor: alpha(shade, 0.7) }), [shade])
  return <span style={style}>{`${mark}${state}`}</span>
}

const CHIP = {
  display: 'inline-block',
  boxSizing: 'border-box',
  maxWidth: '100%',
  height: 20,
  padding: '0 7px',
  lineHeight: '18px',
  fontSize: 12,
  fontWeight: 600,
  border: '1px solid',
  borderRadius: 10,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  verticalAlign: 'middle',
  marginTop: -2,
} as const
