import Box from '@mui/material/Box'
import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useKeys } from '../ui/keys'

/** What a table understands without anybody registering it. */
const ALWAYS: [string, string][] = [
  ['↑ ↓', 'Move in a table'],
  ['Enter', 'Open the row'],
  ['Delete', 'Delete the row, where that can be done'],
  ['Esc', 'Close what is on top'],
]

export function KeyList({ close }: { close: () => void }) {
  const keys = useKeys().map((k): [string, string] => [k.press, k.does])
  return (
    <Dialog open onClose={close} maxWidth="sm" fullWidth aria-labelledby="keys-title">
      <DialogTitle id="keys-title">Keyboard</DialogTitle>
      <DialogContent tabIndex={0}>
        <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: 0.75, m: 0 }}>
          {[...keys, ...ALWAYS].map(([press, does]) => (
            <Box key={`${press} ${does}`} sx={{ display: 'contents' }}>
              <dt>
                <Box component="kbd" sx={{ border: 1, borderColor: 'divider', borderRadius: 0.5, px: 0.75, mr: 1.5 }}>
                  {press}
                </Box>
              </dt>
              <Box component="dd" sx={{ m: 0 }}>
                {does}
              </Box>
            </Box>
          ))}
        </Box>
      </DialogContent>
    </Dialog>
  )
}
