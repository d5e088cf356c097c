import Autocomplete from '@mui/material/Autocomplete'
import Box from '@mui/material/Box'
import FormControlLabel from '@mui/material/FormControlLabel'
import Switch from '@mui/material/Switch'
import TextField from '@mui/material/TextField'
import { useMemo } from 'react'
import { Filters } from '../../ui/table/Filters'
import { choice, typed } from '../../ui/table/make'
import { useUrlState } from '../../ui/urlState'
import type { NetworkMap } from './graph'

/** What is lit, what stands together, and the way between two. */
export function MapControls({ map, isGrouped, hits }: { map: NetworkMap; isGrouped: boolean; hits: number }) {
  const [state, set] = useUrlState()
  const names = useMemo(() => map.nodes.map((n) => n.id).toSorted(), [map])
  const end = (word: 'from' | 'to', label: string) => (
    <Autocomplete
      size="small"
      sx={{ width: 190 }}
      options={names}
      value={state[word] ?? null}
      onChange={(_, name) => set({ [word]: name ?? undefined })}
      renderInput={(params) => <TextField {...params} label={label} />}
    />
  )
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
      <Filters
        filters={[
          typed('q', state.q ? `Light up (${hits})` : 'Light up', 190, 'name, role, site'),
          choice('layout', 'Layout', ['layered', 'tiers'], 110),
        ]}
      />
      <FormControlLabel
        label="By site"
        control={
          <Switch checked={isGrouped} onChange={(_, on) => set({ group: on ? 'site' : 'none', open: undefined })} />
        }
      />
      {end('from', 'Path from')}
      {end('to', 'to')}
    </Box>
  )
}
