import Autocomplete from '@mui/material/Autocomplete'
import TextField from '@mui/material/TextField'

interface ChoiceProps {
  label: string
  options: readonly string[]
  value: string
  change: (value: string) => void
  width?: number
  required?: boolean
}

/** One word of many, found by typing a part of it. */
export function Choice({ label, options, value, change, width, required }: ChoiceProps) {
  return (
    <Autocomplete
      size="small"
      options={options}
      value={value || null}
      onChange={(_, to) => change(to ?? '')}
      renderInput={(params) => <TextField {...params} label={label} required={required} />}
      sx={{ width }}
    />
  )
}
