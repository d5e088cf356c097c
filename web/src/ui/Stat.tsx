import Box from '@mui/material/Box'
import Paper from '@mui/material/Paper'
import type { ReactNode } from 'react'
import { PlainLink } from './PlainLink'

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'plain'

const COLOURS = {
  ok: 'success.main',
  warn: 'warning.main',
  bad: 'error.main',
  info: 'info.main',
  plain: 'text.primary',
}

interface StatProps {
  label: string
  value: ReactNode
  note?: ReactNode
  tone?: Tone
  /** Where the number is explained. */
  to?: string
}

/** Plain elements in one that is styled: a page has a line of them, and waits for them. */
export function Stat({ label, value, note, tone = 'plain', to }: StatProps) {
  const body = (
    <>
      <div className="quiet">{label}</div>
      <p>{value}</p>
      {note && <div className="quiet">{note}</div>}
    </>
  )
  return (
    <Paper sx={{ ...stat, '& p': { ...figure, color: COLOURS[tone] }, ...(to && leads) }}>
      {to ? <PlainLink to={to}>{body}</PlainLink> : body}
    </Paper>
  )
}

const stat = {
  p: 1.5,
  minWidth: 0,
  lineHeight: 1.5,
  '& .quiet': { fontSize: 12, color: 'text.secondary' },
  '& a': { textDecoration: 'none', color: 'inherit', display: 'block' },
}
const figure = { m: 0, fontSize: 24, fontWeight: 650, lineHeight: 1.2 }
const leads = { '&:hover': { borderColor: 'primary.main' } }

export function Stats({ children }: { children: ReactNode }) {
  return (
    <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))' }}>{children}</Box>
  )
}

/** A line of them above a table, where the window has the place. */
export function SmallStats({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: { xs: 'none', md: 'grid' },
        gap: 1,
        gridAutoFlow: 'column',
        gridAutoColumns: 'minmax(0, 1fr)',
        '& > *': { px: 1.25, py: 0.5 },
        '& > div p': { fontSize: 17 },
        '@media (max-height: 640px)': { display: 'none' },
      }}
    >
      {children}
    </Box>
  )
}
