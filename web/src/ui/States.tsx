import InboxOutlined from '@mui/icons-material/InboxOutlined'
import ReportProblemOutlined from '@mui/icons-material/ReportProblemOutlined'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import CircularProgress from '@mui/material/CircularProgress'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { Problem } from './Problem'

const middle = { display: 'flex', flexDirection: 'column', alignItems: 'center', gap: 1, p: 4, textAlign: 'center' }

/** Nothing here, and what to do about it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Box sx={middle}>
      <InboxOutlined color="disabled" fontSize="large" aria-hidden />
      <Typography variant="h2" component="p">
        {title}
      </Typography>
      {children && (
        <Typography color="textSecondary" component="div" sx={{ maxWidth: 560 }}>
          {children}
        </Typography>
      )}
      {action}
    </Box>
  )
}

/** What happened and what to do. */
export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const problem = Problem.of(error)
  return (
    <Box sx={middle} role="alert">
      <ReportProblemOutlined color="error" fontSize="large" aria-hidden />
      <Typography variant="h2" component="p">
        {problem.title}
      </Typography>
      {problem.detail && <Typography color="textSecondary">{problem.detail}</Typography>}
      {again && (
        <Button variant="outlined" onClick={again}>
          Try again
        </Button>
      )}
    </Box>
  )
}

export function Loading({ what = 'Loading' }: { what?: string }) {
  return (
    <Box sx={middle} role="status">
      <CircularProgress size={28} aria-label={what} />
    </Box>
  )
}
