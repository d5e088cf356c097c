import Box from '@mui/material/Box'
import { alpha, type Theme } from '@mui/material/styles'
import { useLocation } from '@tanstack/react-router'
import { memo } from 'react'
import { PlainLink } from '../ui/PlainLink'
import { useNavigation } from './navigation'

export const NAV_WIDTH = 208

/** Plain elements under one style: a list of MUI takes eight styled ones for each entry, and stands before every page. */
export const Nav = memo(function Nav({ went }: { went?: () => void }) {
  const { pathname } = useLocation()
  return (
    <Box component="nav" aria-label="Main" sx={style}>
      {useNavigation().map((group) => (
        <section key={group.label}>
          <h2>{group.label}</h2>
          <ul aria-label={group.label}>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                <PlainLink to={entry.to} isHere={isAt(pathname, entry.to)} went={went} ahead>
                  {entry.icon}
                  {entry.label}
                </PlainLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Box>
  )
})

const isAt = (path: string, to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`))

const style = {
  overflowY: 'auto',
  flex: 1,
  pb: 2,
  '& section': { pt: 1.25 },
  '& h2': { m: 0, px: 2, mb: 0.25, fontSize: 11, fontWeight: 650, lineHeight: 1.5, color: 'text.secondary' },
  '& ul': { m: 0, p: 0, listStyle: 'none' },
  '& a': {
    display: 'flex',
    alignItems: 'center',
    minHeight: 30,
    px: 2,
    fontSize: 13,
    color: 'text.primary',
    textDecoration: 'none',
  },
  '& a:hover': { bgcolor: 'action.hover' },
  '& a[aria-current=page]': {
    bgcolor: ({ palette }: Theme) => alpha(palette.primary.main, palette.action.selectedOpacity),
  },
  '& a:focus-visible': { outlineOffset: -2 },
  '& svg': { width: 18, height: 18, mr: 1.5, color: 'action.active', flexShrink: 0 },
} as const
