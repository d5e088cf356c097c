import Box from '@mui/material/Box'
import List from '@mui/material/List'
import ListItem from '@mui/material/ListItem'
import ListItemButton from '@mui/material/ListItemButton'
import ListItemIcon from '@mui/material/ListItemIcon'
import ListItemText from '@mui/material/ListItemText'
import Typography from '@mui/material/Typography'
import { Link, useLocation } from '@tanstack/react-router'
import { useNavigation } from './navigation'

export const NAV_WIDTH = 208

export function Nav({ went }: { went?: () => void }) {
  const { pathname } = useLocation()
  return (
    <Box component="nav" aria-label="Main" sx={{ overflowY: 'auto', flex: 1, pb: 2 }}>
      {useNavigation().map((group) => (
        <Box key={group.label} sx={{ pt: 1.25 }}>
          <Typography component="h2" color="textSecondary" sx={{ px: 2, fontSize: 11, fontWeight: 650, mb: 0.25 }}>
            {group.label}
          </Typography>
          <List dense disablePadding aria-label={group.label}>
            {group.entries.map((entry) => (
              <ListItem key={entry.to} disablePadding>
                <ListItemButton
                  component={Link}
                  to={entry.to}
                  onClick={went}
                  selected={isAt(pathname, entry.to)}
                  aria-current={isAt(pathname, entry.to) ? 'page' : undefined}
                  sx={{ minHeight: 30, py: 0.25, px: 2, borderRadius: 0 }}
                >
                  <ListItemIcon sx={{ minWidth: 30, '& svg': { fontSize: 18 } }}>{entry.icon}</ListItemIcon>
                  <ListItemText primary={entry.label} slotProps={{ primary: { sx: { fontSize: 13 } } }} />
                </ListItemButton>
              </ListItem>
            ))}
          </List>
        </Box>
      ))}
    </Box>
  )
}

const isAt = (path: string, to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`))
