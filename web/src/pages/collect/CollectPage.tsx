import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Page } from '../../ui/Page'
import { useUrlState } from '../../ui/urlState'
import { Chosen } from './Chosen'
import { Options } from './Options'
import { ResultStep } from './ResultStep'
import { RunStep } from './RunStep'
import { Steps } from './Wizard'

const NAMES = ['Devices and commands', 'Options', 'Collecting', 'Result']

const NEXT: [string, string][] = [
  ['/facts/arp', 'View the ARP catalogue'],
  ['/changes', 'Review configuration changes'],
  ['/devices', 'Browse the device inventory'],
  ['/coverage', 'View reports'],
]

/** The collection wizard: four steps, of which the third stays until somebody goes on. */
export default function CollectPage() {
  const [state] = useUrlState()
  const [step, setStep] = useState<0 | 1>(0)
  const [run, setRun] = useState<number | null>(null)
  const [over, setOver] = useState(false)
  const types = (state.types ?? 'configs,arp,mac,lldp,version,inventory')
    .split(',')
    .filter((type) => type !== '' && type !== 'none')
  const queries = useQueryClient()
  const finish = () => {
    void queries.invalidateQueries()
    setOver(true)
  }
  const at = run === null ? step : over ? 3 : 2
  return (
    <Page title="Collect" about="Asks devices, keeps what they say, reads it, and tells what changed.">
      <Steps names={NAMES} at={at} />
      {run !== null && over && <ResultStep run={run} commands={types.length} next={NEXT} />}
      {run !== null && !over && <RunStep run={run} on={finish} />}
      {run === null && step === 0 && <Chosen state={state} types={types} on={() => setStep(1)} />}
      {run === null && step === 1 && <Options state={state} types={types} back={() => setStep(0)} started={setRun} />}
    </Page>
  )
}
