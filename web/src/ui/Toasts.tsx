import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import Portal from '@mui/material/Portal'
import Snackbar from '@mui/material/Snackbar'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { Problem } from './Problem'

interface Toast {
  id: number
  text: string
  severity: 'success' | 'error' | 'info'
  action?: { label: string; run: () => void }
}

interface Tell {
  done: (text: string, action?: Toast['action']) => void
  failed: (error: unknown) => void
}

const ToastContext = createContext<Tell>({ done: () => {}, failed: () => {} })

export const useToasts = () => useContext(ToastContext)

/** What came of an action, one at a time. A failure stays until it is closed. */
export function Toasts({ children }: { children: ReactNode }) {
  const [queue, setQueue] = useState<Toast[]>([])
  const add = useCallback(
    (toast: Omit<Toast, 'id'>) => setQueue((old) => [...old, { ...toast, id: (old.at(-1)?.id ?? 0) + 1 }]),
    [],
  )
  const [tell] = useState<Tell>(() => ({
    done: (text, action) => add({ text, severity: 'success', action }),
    failed: (error) => add({ text: Problem.of(error).message, severity: 'error' }),
  }))
  const next = () => setQueue((old) => old.slice(1))
  const shown = queue[0]
  return (
    <ToastContext value={tell}>
      {children}
      {/* Beside the page: a panel that is open hides the page from those who hear it, and a message is for them too. */}
      {shown && (
        <Portal>
          <Shown key={shown.id} toast={shown} close={next} />
        </Portal>
      )}
    </ToastContext>
  )
}

function Shown({ toast, close }: { toast: Toast; close: () => void }) {
  const { action } = toast
  const act = action && (
    <Button
      color="inherit"
      onClick={() => {
        action.run()
        close()
      }}
    >
      {action.label}
    </Button>
  )
  return (
    <Snackbar
      open
      autoHideDuration={toast.severity === 'error' ? null : action ? 12_000 : 5000}
      onClose={(_, why) => why !== 'clickaway' && close()}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
    >
      <Alert severity={toast.severity} onClose={act ? undefined : close} action={act} sx={{ maxWidth: 560 }}>
        {toast.text}
      </Alert>
    </Snackbar>
  )
}
