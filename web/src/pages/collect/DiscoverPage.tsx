import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { type DiscoveryAsked, newKey, startDiscovery } from '../../api/runs'
import { Section } from '../../ui/Fields'
import { Page } from '../../ui/Page'
import { Problem } from '../../ui/Problem'
import { AsWhomFields, asWhomOf } from './AsWhomFields'
import { ResultStep } from './ResultStep'
import { RunStep } from './RunStep'
import { Onward, Steps } from './Wizard'
import { WorkersSlider } from './WorkersSlider'

const NAMES = ['Begin', 'Discovering', 'Result']
const AT_ONCE = 50

/** From one address to a populated inventory, without leaving the page. */
export default function DiscoverPage() {
  const [run, setRun] = useState<number | null>(null)
  const [over, setOver] = useState(false)
  const queries = useQueryClient()
  const finish = () => {
    void queries.invalidateQueries()
    setOver(true)
  }
  const at = run === null ? 0 : over ? 2 : 1
  return (
    <Page title="Discover" about="Devices name their neighbours; each is visited, asked who it is, and kept.">
      <Steps names={NAMES} at={at} />
      {run === null ? (
        <Begin started={setRun} />
      ) : over ? (
        <ResultStep run={run} next={NEXT} />
      ) : (
        <RunStep run={run} on={finish} />
      )}
    </Page>
  )
}

const NEXT: [string, string][] = [
  ['/collect', 'Collect device data'],
  ['/devices', 'Browse the inventory'],
  ['/topology', 'See the map'],
  ['/coverage', 'View reports'],
]

const words = (text: unknown) =>
  String(text ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)

function asked(form: FormData, concurrency: number): DiscoveryAsked {
  const depth = String(form.get('depth') ?? '')
  return {
    seeds: words(form.get('seeds')),
    depth: depth === '' ? undefined : Number(depth),
    only: words(form.get('only')),
    exclude: words(form.get('exclude')),
    via: String(form.get('via') ?? 'ssh') as DiscoveryAsked['via'],
    as_whom: asWhomOf(form),
    pace: { concurrency },
  }
}

function Begin({ started }: { started: (run: number) => void }) {
  const [workers, setWorkers] = useState(AT_ONCE)
  const key = useRef(newKey())
  const start = useMutation({
    mutationFn: (form: FormData) => startDiscovery(asked(form, workers), key.current),
    onSuccess: ({ id }) => started(id),
    onError: () => {
      key.current = newKey()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    start.mutate(new FormData(event.currentTarget))
  }
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' }, alignItems: 'start' }}>
        <Section title="Where to begin, and as whom">
          <Box sx={{ display: 'grid', gap: 1.5 }}>
            <TextField
              name="seeds"
              label="Address of one device"
              placeholder="10.0.0.1"
              helperText="More than one with commas; a port as in 10.0.0.1:2222"
              required
              autoFocus
            />
            <AsWhomFields />
          </Box>
        </Section>
        <Section title="How far">
          <Box sx={{ display: 'grid', gap: 1.5 }}>
            <TextField
              name="only"
              label="Enter only"
              placeholder="10.0.0.0/8, *-core-*"
              helperText="Ranges and name patterns; everything when empty"
            />
            <TextField name="exclude" label="Leave out" placeholder="10.99.0.0/16, *-lab-*" />
            <TextField
              name="depth"
              label="Hops at most"
              type="number"
              slotProps={{ htmlInput: { min: 0, max: 100 } }}
            />
            <TextField name="via" label="Ask by" select defaultValue="ssh">
              <MenuItem value="ssh">SSH</MenuItem>
              <MenuItem value="snmp">SNMP</MenuItem>
              <MenuItem value="both">SNMP and SSH</MenuItem>
            </TextField>
            <WorkersSlider value={workers} change={setWorkers} />
          </Box>
        </Section>
      </Box>
      {start.error && <Alert severity="error">{Problem.of(start.error).message}</Alert>}
      <Onward>
        <Button type="submit" variant="contained" size="medium" loading={start.isPending}>
          Discover
        </Button>
      </Onward>
    </Box>
  )
}
