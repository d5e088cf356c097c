import Box from '@mui/material/Box'
import Paper from '@mui/material/Paper'
import Typography from '@mui/material/Typography'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

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

export function Stat({ label, value, note, tone = 'plain', to }: StatProps) {
  const body = (
    <>
      <Typography color="textSecondary" sx={{ fontSize: 12 }}>
        {label}
      </Typography>
      <Typography component="p" sx={{ fontSize: 24, fontWeight: 650, lineHeight: 1.2, color: COLOURS[tone] }}>
        {value}
      </Typography>
      {note && (
        <Typography color="textSecondary" component="div" sx={{ fontSize: 12 }}>
          {note}
        </Typography>
      )}
    </>
  )
  return (
    <Paper sx={{ p: 1.5, minWidth: 0, ...(to && { '&:hover': { borderColor: 'primary.main' } }) }}>
      {to ? (
        <Link to={to as '/'} style={{ textDecoration: 'none', color: 'inherit', display: 'block' }}>
          {body}
        </Link>
      ) : (
        body
      )}
    </Paper>
  )
}

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
        '& p': { fontSize: 17 },
        '@media (max-height: 640px)': { display: 'none' },
      }}
    >
      {children}
    </Box>
  )
}
