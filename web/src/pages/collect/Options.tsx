import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { selection } from '../../api/devices'
import { newKey, planQuery, startCollection } from '../../api/runs'
import { Fields, Section } from '../../ui/Fields'
import { Problem } from '../../ui/Problem'
import type { UrlState } from '../../ui/urlState'
import { AsWhomFields, asWhomOf } from './AsWhomFields'
import { Onward } from './Wizard'
import { WorkersSlider } from './WorkersSlider'

interface OptionsProps {
  state: UrlState
  types: string[]
  back: () => void
  started: (run: number) => void
}

/** As whom, how many at once, and what that comes to. */
export function Options({ state, types, back, started }: OptionsProps) {
  const select = selection(state)
  const plan = useQuery(planQuery(select, types))
  const [workers, setWorkers] = useState(50)
  const key = useRef(newKey())
  const start = useMutation({
    mutationFn: (form: FormData) =>
      startCollection({ select, types, as_whom: asWhomOf(form), pace: { concurrency: workers } }, key.current),
    onSuccess: ({ id }) => started(id),
    onError: () => {
      key.current = newKey()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    start.mutate(new FormData(event.currentTarget))
  }
  const devices = plan.data?.devices ?? []
  const operations = devices.reduce((sum, d) => sum + d.types.length, 0)
  const unsupported = devices.reduce((sum, d) => sum + d.unsupported.length, 0)
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' }, alignItems: 'start' }}>
        <Section title="As whom">
          <Box sx={{ display: 'grid', gap: 1.5 }}>
            <AsWhomFields />
          </Box>
        </Section>
        <Section title="How">
          <WorkersSlider value={workers} change={setWorkers} />
          <Fields
            rows={[
              ['Devices', devices.length],
              ['Commands', types.join(', ')],
              [
                'Operations',
                `${operations}${unsupported > 0 ? `; ${unsupported} left out, the platform has no command` : ''}`,
              ],
              ['At once', Math.min(workers, devices.length)],
            ]}
          />
        </Section>
      </Box>
      {start.error && <Alert severity="error">{Problem.of(start.error).message}</Alert>}
      <Onward back={back}>
        <Button type="submit" variant="contained" loading={start.isPending}>
          Collect from {devices.length} {devices.length === 1 ? 'device' : 'devices'}
        </Button>
      </Onward>
    </Box>
  )
}
