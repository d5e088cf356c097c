import Close from '@mui/icons-material/Close'
import Search from '@mui/icons-material/Search'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import InputAdornment from '@mui/material/InputAdornment'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useEffect, useRef, useState } from 'react'
import { useUrlState } from '../urlState'

export type Filter =
  | { word: string; label: string; kind: 'text'; placeholder?: string; width?: number }
  | { word: string; label: string; kind: 'choice'; options: readonly Option[]; width?: number }

export type Option = string | { value: string; label: string }

const DEBOUNCE = 300

/** The filters of a view, each a word of the URL. */
export function Filters({ filters }: { filters: Filter[] }) {
  const [state, set] = useUrlState()
  const used = filters.filter((f) => state[f.word] !== undefined)
  return (
    <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
      {filters.map((f) =>
        f.kind === 'text' ? (
          <TextFilter
            key={f.word}
            filter={f}
            value={state[f.word] ?? ''}
            change={(v) => set({ [f.word]: v }, 'replace')}
          />
        ) : (
          <Choice key={f.word} filter={f} value={state[f.word] ?? ''} change={(v) => set({ [f.word]: v })} />
        ),
      )}
      {used.length > 0 && (
        <Button startIcon={<Close />} onClick={() => set(Object.fromEntries(used.map((f) => [f.word, undefined])))}>
          Clear filters
        </Button>
      )}
    </Box>
  )
}

interface FieldProps<Kind> {
  filter: Extract<Filter, { kind: Kind }>
  value: string
  change: (value: string | undefined) => void
}

/** The server is asked when typing rests. */
function TextFilter({ filter, value, change }: FieldProps<'text'>) {
  const [typed, setTyped] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setTyped(value), [value])
  const type = (text: string) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => change(text || undefined), DEBOUNCE)
  }
  return (
    <TextField
      label={filter.label}
      placeholder={filter.placeholder}
      type="search"
      value={typed}
      onChange={(e) => type(e.target.value)}
      sx={{ width: filter.width ?? 220 }}
      slotProps={{
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Search fontSize="small" />
            </InputAdornment>
          ),
        },
      }}
    />
  )
}

function Choice({ filter, value, change }: FieldProps<'choice'>) {
  const options = filter.options.map((o) => (typeof o === 'string' ? { value: o, label: o } : o))
  const known = value === '' || options.some((o) => o.value === value)
  return (
    <TextField
      select
      label={filter.label}
      value={value}
      onChange={(e) => change(e.target.value || undefined)}
      sx={{ width: filter.width ?? 150 }}
    >
      <MenuItem value="">All</MenuItem>
      {!known && <MenuItem value={value}>{value}</MenuItem>}
      {options.map((o) => (
        <MenuItem key={o.value} value={o.value}>
          {o.label}
        </MenuItem>
      ))}
    </TextField>
  )
}
