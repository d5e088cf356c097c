import Box from '@mui/material/Box'
import { useKeys } from '../ui/keys'

/** Keys that every page has; the line is for those of the page that is shown. */
const EVERYWHERE = /^(g .|Ctrl\+K|\/|\?|F5|F1|Ctrl\+N)$/

/** One line at the foot of the window: what the keys do here. */
export function Hints() {
  const own = useKeys().filter((k) => !EVERYWHERE.test(k.press))
  const all = [...own, { press: 'F1', does: 'help on this page' }, { press: '?', does: 'all keys' }]
  return (
    <Box component="footer" sx={{ ...line, borderColor: 'divider' }}>
      {all.slice(0, 6).map((k) => (
        <span key={k.press}>
          <kbd>{k.press}</kbd> {k.does.toLowerCase()}
        </span>
      ))}
    </Box>
  )
}

const line = {
  display: 'flex',
  gap: 2,
  px: 2,
  minHeight: 24,
  alignItems: 'center',
  fontSize: 11.5,
  borderTop: 1,
  color: 'text.secondary',
  bgcolor: 'background.paper',
  whiteSpace: 'nowrap',
  overflow: 'hidden',
  '& kbd': { fontFamily: 'inherit', fontWeight: 650 },
}
