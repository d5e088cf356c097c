import Autocomplete from '@mui/material/Autocomplete'
import TextField from '@mui/material/TextField'

/** The time zone of whoever looks. */
export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** By which clock something runs. */
export function ZoneField({ zone, set }: { zone: string; set: (zone: string) => void }) {
  return (
    <Autocomplete
      size="small"
      options={Intl.supportedValuesOf('timeZone')}
      value={zone}
      onChange={(_, to) => set(to ?? HERE)}
      renderInput={(params) => <TextField {...params} label="Time zone" />}
    />
  )
}
