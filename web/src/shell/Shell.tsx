import HelpOutlined from '@mui/icons-material/HelpOutlined'
import KeyboardOutlined from '@mui/icons-material/KeyboardOutlined'
import MenuIcon from '@mui/icons-material/Menu'
import Search from '@mui/icons-material/Search'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Drawer from '@mui/material/Drawer'
import IconButton from '@mui/material/IconButton'
import { useTheme } from '@mui/material/styles'
import Tooltip from '@mui/material/Tooltip'
import useMediaQuery from '@mui/material/useMediaQuery'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useKey } from '../ui/keys'
import { Loading } from '../ui/States'
import { Hints } from './Hints'
import { helpFor } from './helpFor'
import { NAV_WIDTH, Nav } from './Nav'
import { useNavigation } from './navigation'
import { ThemeSwitch } from './ThemeSwitch'

const KeyList = lazy(() => import('./KeyList').then((m) => ({ default: m.KeyList })))
const FindBox = lazy(() => import('./FindBox'))

/** What is around every page: where to go, find anything, keys, theme, who is logged in. */
export function Shell({ account }: { account: ReactNode }) {
  const [drawer, setDrawer] = useState(false)
  const [dialog, setDialog] = useState<'keys' | 'find' | null>(null)
  const wide = useMediaQuery(useTheme().breakpoints.up('md'))
  const close = () => setDialog(null)
  useShellKeys(setDialog)
  return (
    <Box sx={{ display: 'flex', height: '100dvh' }}>
      <Skip />
      {wide ? (
        <Box sx={{ ...side, borderColor: 'divider', width: NAV_WIDTH }}>
          <Brand />
          <Nav />
        </Box>
      ) : (
        <Drawer open={drawer} onClose={() => setDrawer(false)} slotProps={{ paper: { sx: { width: 240 } } }}>
          <Brand />
          <Nav went={() => setDrawer(false)} />
        </Drawer>
      )}
      <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
        <Box component="header" sx={{ ...bar, borderColor: 'divider' }}>
          {!wide && (
            <IconButton aria-label="Open the navigation" onClick={() => setDrawer(true)}>
              <MenuIcon />
            </IconButton>
          )}
          <FindButton open={() => setDialog('find')} />
          <Box sx={{ flex: 1 }} />
          {wide && (
            <Tooltip title="Keyboard (?)">
              <IconButton aria-label="Keyboard" onClick={() => setDialog('keys')}>
                <KeyboardOutlined />
              </IconButton>
            </Tooltip>
          )}
          <HelpButton />
          <ThemeSwitch />
          {account}
        </Box>
        <Box component="main" id="main" tabIndex={-1} sx={content}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Box>
        {wide && <Hints />}
      </Box>
      <Suspense>
        {dialog === 'keys' && <KeyList close={close} />}
        {dialog === 'find' && <FindBox close={close} />}
      </Suspense>
    </Box>
  )
}

function useShellKeys(open: (dialog: 'keys' | 'find') => void) {
  const queries = useQueryClient()
  useKey('Ctrl+K', 'Find anything', () => open('find'))
  useKey('/', 'Find anything', () => open('find'))
  useKey('?', 'Keyboard', () => open('keys'))
  useKey('F5', 'Ask the server again', () => void queries.invalidateQueries())
  const help = useHelp()
  useKey('F1', 'Help on this page', help)
}

function useHelp() {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return () => void navigate({ href: helpFor(pathname) })
}

function HelpButton() {
  const help = useHelp()
  return (
    <Tooltip title="Help on this page (F1)">
      <IconButton aria-label="Help on this page" onClick={help}>
        <HelpOutlined />
      </IconButton>
    </Tooltip>
  )
}

/** `g d` and the like, for every entry of the navigation that has a letter. */
export function GoKeys() {
  const shown = useNavigation()
  return shown
    .flatMap((g) => g.entries)
    .filter((e) => e.key)
    .map((e) => <GoKey key={e.to} press={`g ${e.key}`} to={e.to} label={e.label} />)
}

function GoKey({ press, to, label }: { press: string; to: string; label: string }) {
  const navigate = useNavigate()
  useKey(press, `Go to ${label}`, () => void navigate({ to: to as '/' }))
  return null
}

function FindButton({ open }: { open: () => void }) {
  return (
    <Button
      onClick={open}
      startIcon={<Search />}
      aria-keyshortcuts="Control+K"
      variant="outlined"
      color="inherit"
      sx={{
        color: 'text.secondary',
        borderColor: 'divider',
        justifyContent: 'flex-start',
        minWidth: 0,
        flex: '0 1 380px',
      }}
    >
      <Box component="span" sx={{ flex: 1, textAlign: 'left', overflow: 'hidden', whiteSpace: 'nowrap' }}>
        Find anything: MAC, address, host, serial…
      </Box>
      <Box component="kbd" aria-hidden sx={{ display: { xs: 'none', md: 'inline' }, fontSize: 11, ml: 1 }}>
        Ctrl K
      </Box>
    </Button>
  )
}

function Brand() {
  return (
    <Box component={Link} to="/" sx={{ ...brand, color: 'text.primary' }}>
      <img src="/icon.svg" width={24} height={24} alt="" />
      Velocity
    </Box>
  )
}

function Skip() {
  return (
    <Box
      component="a"
      href="#main"
      sx={{
        position: 'absolute',
        left: -9999,
        zIndex: 9,
        p: 1,
        '&:focus': { left: 8, top: 8, bgcolor: 'background.paper' },
      }}
    >
      Skip to the content
    </Box>
  )
}

const side = { display: 'flex', flexDirection: 'column', borderRight: 1, bgcolor: 'background.paper', flexShrink: 0 }
const bar = {
  display: 'flex',
  alignItems: 'center',
  gap: 0.5,
  px: 1.5,
  minHeight: 46,
  borderBottom: 1,
  bgcolor: 'background.paper',
}
const content = { flex: 1, minHeight: 0, overflow: 'auto', display: 'flex', flexDirection: 'column', outline: 'none' }
const brand = {
  display: 'flex',
  alignItems: 'center',
  gap: 1,
  px: 2,
  minHeight: 46,
  fontWeight: 700,
  fontSize: 16,
  textDecoration: 'none',
}
