import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

interface Question {
  title: string
  /** What will be done: the preview that the server made of it. */
  preview: ReactNode
  yes: string
  danger?: boolean
}

type Ask = (question: Question) => Promise<boolean>

const ConfirmContext = createContext<Ask>(() => Promise.resolve(false))

/** Asks before something is done, showing what would be done. */
export const useConfirm = () => useContext(ConfirmContext)

export function Confirm({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<(Question & { answer: (yes: boolean) => void }) | null>(null)
  const ask = useCallback<Ask>((question) => new Promise((answer) => setOpen({ ...question, answer })), [])
  const close = (yes: boolean) => {
    open?.answer(yes)
    setOpen(null)
  }
  return (
    <ConfirmContext value={ask}>
      {children}
      {open && (
        <Dialog open onClose={() => close(false)} maxWidth="md" aria-labelledby="confirm-title">
          <DialogTitle id="confirm-title">{open.title}</DialogTitle>
          <DialogContent>{open.preview}</DialogContent>
          <DialogActions>
            <Button onClick={() => close(false)}>Cancel</Button>
            <Button variant="contained" color={open.danger ? 'error' : 'primary'} onClick={() => close(true)}>
              {open.yes}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </ConfirmContext>
  )
}
