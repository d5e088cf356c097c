import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import { type ReactNode, useEffect } from 'react'

interface PageProps {
  title: string
  /** One line under the title: what is seen here. */
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** The content takes the rest of the window and scrolls within, as tables and maps do. */
  fill?: boolean
}

/** A page: its title in the window too, its actions at the right, its content. */
export function Page({ title, about, actions, children, fill = false }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Velocity`
  }, [title])
  return (
    <Box sx={{ ...column, p: { xs: 1.5, md: 2 }, ...(fill && { flex: 1, minHeight: 420 }) }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
          <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
            {title}
          </Typography>
          {about && (
            <Typography color="textSecondary" component="div" sx={{ fontSize: 12.5 }}>
              {about}
            </Typography>
          )}
        </Box>
        {actions && <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>{actions}</Box>}
      </Box>
      {children}
    </Box>
  )
}

const column = { display: 'flex', flexDirection: 'column', gap: 1.5, minWidth: 0 } as const
