import Autocomplete from '@mui/material/Autocomplete'
import InputAdornment from '@mui/material/InputAdornment'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useQuery } from '@tanstack/react-query'
import { type NamedKind, namesQuery } from '../../api/objects'
import type { Field } from './kinds'

interface InputProps {
  field: Field
  value: string
  change: (value: string) => void
  /** What an empty field means, when it is not "nothing". */
  empty?: string
}

/** A field of a record, by its kind: a line, a long text, a choice, a colour, or another record. */
export function FieldInput({ field, value, change, empty }: InputProps) {
  const { kind, label, hint, required } = field
  const plain = { label, required, fullWidth: true, helperText: hint, placeholder: empty }
  if (typeof kind === 'object' && 'of' in kind) return <Named of={kind.of} {...{ field, value, change, empty }} />
  if (kind === 'zone')
    return <Choice options={Intl.supportedValuesOf('timeZone')} {...{ field, value, change, empty }} />
  if (typeof kind === 'object')
    return (
      <TextField {...plain} select value={value} onChange={(e) => change(e.target.value)}>
        <MenuItem value="">{empty ?? '—'}</MenuItem>
        {kind.map((word) => (
          <MenuItem key={word} value={word}>
            {word}
          </MenuItem>
        ))}
      </TextField>
    )
  const isLong = kind === 'long'
  return (
    <TextField
      {...plain}
      value={value}
      onChange={(e) => change(e.target.value)}
      multiline={isLong}
      minRows={isLong ? 4 : undefined}
      slotProps={{ input: kind === 'color' ? { endAdornment: <Picker {...{ label, value, change }} /> } : undefined }}
    />
  )
}

/** Another record by its name; a name that is not there yet is made, but for what is in the vault. */
function Named({ of, ...props }: InputProps & { of: NamedKind }) {
  const names = useQuery(namesQuery(of))
  return <Choice {...props} options={names.data ?? []} isOpen={of !== 'credentials'} />
}

function Choice({
  field,
  value,
  change,
  empty,
  options,
  isOpen = false,
}: InputProps & { options: string[]; isOpen?: boolean }) {
  const { label, required, hint } = field
  return (
    <Autocomplete
      freeSolo={isOpen}
      size="small"
      options={options}
      value={value || null}
      onChange={(_, name) => change(name ?? '')}
      onInputChange={(_, name, why) => isOpen && why === 'input' && change(name)}
      renderInput={(params) => (
        <TextField {...params} label={label} required={required} helperText={hint} placeholder={empty} />
      )}
    />
  )
}

function Picker({ label, value, change }: { label: string; value: string; change: (value: string) => void }) {
  return (
    <InputAdornment position="end">
      <input
        type="color"
        aria-label={`Pick: ${label}`}
        value={`#${/^[0-9a-f]{6}$/i.test(value) ? value : '9e9e9e'}`}
        onChange={(e) => change(e.target.value.slice(1))}
        style={{ width: 32, height: 24, padding: 0, border: 0, background: 'none' }}
      />
    </InputAdornment>
  )
}
