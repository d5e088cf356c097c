import Close from '@mui/icons-material/Close'
import Box from '@mui/material/Box'
import Drawer from '@mui/material/Drawer'
import IconButton from '@mui/material/IconButton'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'

interface PanelProps {
  title: string
  close: () => void
  /** For two lists side by side, or a text. */
  wide?: boolean
  children: ReactNode
}

/** What belongs to a row or a form, beside the page that it came from. */
export function SidePanel({ title, close, wide = false, children }: PanelProps) {
  return (
    <Drawer
      anchor="right"
      open
      onClose={close}
      slotProps={{
        paper: { sx: { width: { xs: '100%', sm: wide ? 760 : 480 } }, 'aria-label': title, role: 'dialog' },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', p: 2, pb: 1 }}>
        <Typography variant="h2" sx={{ flex: 1 }}>
          {title}
        </Typography>
        <IconButton onClick={close} aria-label="Close">
          <Close fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ p: 2, pt: 1, display: 'flex', flexDirection: 'column', gap: 1.5 }}>{children}</Box>
    </Drawer>
  )
}
