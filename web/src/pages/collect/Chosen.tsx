import Refresh from '@mui/icons-material/Refresh'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import Typography from '@mui/material/Typography'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useChoices } from '../../api/dashboard'
import { selection } from '../../api/devices'
import { planQuery } from '../../api/runs'
import { Section } from '../../ui/Fields'
import { Failure } from '../../ui/States'
import { Filters } from '../../ui/table/Filters'
import { choice, typed } from '../../ui/table/make'
import { type UrlState, useUrlState } from '../../ui/urlState'
import { CAPTURE_TYPES } from './types'
import { Onward } from './Wizard'

/** Which devices and which commands, with how many devices that is. */
export function Chosen({ state, types, on }: { state: UrlState; types: string[]; on: () => void }) {
  const choices = useChoices()
  const [, set] = useUrlState()
  const plan = useQuery({
    ...planQuery(selection(state), types),
    placeholderData: keepPreviousData,
    enabled: types.length > 0,
  })
  const matching = types.length > 0 ? plan.data?.devices.length : 0
  const toggle = (type: string) =>
    set(
      { types: (types.includes(type) ? types.filter((t) => t !== type) : [...types, type]).join(',') || 'none' },
      'replace',
    )
  return (
    <>
      <Section title="Devices">
        <Filters
          filters={[
            choice('vendor', 'Vendor', choices.vendors),
            choice('site', 'Site', choices.sites),
            choice('role', 'Role', choices.roles),
            choice('platform', 'Platform', choices.platforms),
            typed('name', 'Name', 170, 'leaf-*'),
          ]}
        />
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mt: 1 }}>
          <Typography role="status">
            <strong>{matching ?? '…'}</strong> {matching === 1 ? 'device matches' : 'devices match'}
          </Typography>
          <Button startIcon={<Refresh />} onClick={() => void plan.refetch()}>
            Refresh
          </Button>
        </Box>
        {plan.error && <Failure error={plan.error} />}
      </Section>
      <Section title="Commands">
        <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))' }}>
          {CAPTURE_TYPES.map(([type, label]) => (
            <FormControlLabel
              key={type}
              label={label}
              control={<Checkbox checked={types.includes(type)} onChange={() => toggle(type)} />}
            />
          ))}
        </Box>
      </Section>
      <Onward>
        <Button variant="contained" disabled={!matching} onClick={on}>
          Options
        </Button>
      </Onward>
    </>
  )
}
