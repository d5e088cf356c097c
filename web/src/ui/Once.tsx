import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { CopyButton } from './Copy'

/** A secret that is shown this once. */
export function Once({ title, secret, close }: { title: string; secret: string; close: () => void }) {
  return (
    <Dialog open aria-labelledby="once-title" maxWidth="sm" fullWidth>
      <DialogTitle id="once-title">{title}</DialogTitle>
      <DialogContent>
        <Box className="mono" sx={{ p: 1.5, bgcolor: 'background.default', overflowWrap: 'anywhere', mb: 1.5 }}>
          {secret}
          <CopyButton text={secret} label="Copy the secret" />
        </Box>
        <Alert severity="warning">It is shown this once and stored nowhere in clear. Copy it now.</Alert>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={close}>
          I have it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
