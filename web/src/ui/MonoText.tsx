import TextField from '@mui/material/TextField'
import { MONO } from '../theme/theme'

interface MonoProps {
  label: string
  value: string
  change: (value: string) => void
  rows?: number
  hint?: string
}

/** A text of many lines in a fixed pitch, as devices and templates are written: no line is wrapped, no word is judged. */
export function MonoText({ label, value, change, rows = 12, hint }: MonoProps) {
  return (
    <TextField
      label={label}
      helperText={hint}
      fullWidth
      multiline
      minRows={rows}
      maxRows={rows + 8}
      value={value}
      onChange={(e) => change(e.target.value)}
      slotProps={{ htmlInput: { spellCheck: false, wrap: 'off' } }}
      sx={{ '& textarea': { fontFamily: MONO, fontSize: 12.5 } }}
    />
  )
}
