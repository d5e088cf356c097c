import Dialog from '@mui/material/Dialog'
import TextField from '@mui/material/TextField'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

export default function FindBox({ close }: { close: () => void }) {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-label="Find anything">
      <form
        onSubmit={(e) => {
          e.preventDefault()
          close()
          void navigate({ to: '/find' as '/', search: { q: text } as never })
        }}
      >
        <TextField autoFocus fullWidth label="Find anything" value={text} onChange={(e) => setText(e.target.value)} />
      </form>
    </Dialog>
  )
}
