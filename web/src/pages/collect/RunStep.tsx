import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { cancelRun } from '../../api/runs'
import { useToasts } from '../../ui/Toasts'
import { LiveRun } from '../runs/LiveRun'
import { useLive } from '../runs/useLive'
import { Onward } from './Wizard'

/** The run as it goes. It stays when it is over, until somebody goes on. */
export function RunStep({ run, on }: { run: number; on: () => void }) {
  const live = useLive(run)
  const tell = useToasts()
  const [cancelling, setCancelling] = useState(false)
  const cancel = () => {
    setCancelling(true)
    cancelRun(run).catch(tell.failed)
  }
  const succeeded = [...live.devices.values()].filter((d) => d.state === 'success').length
  return (
    <>
      <LiveRun live={live} />
      {live.ended && (
        <Alert severity={live.ended === 'success' ? 'success' : 'warning'}>
          Complete: {live.ended}. {succeeded} succeeded, {live.failed} failed.
        </Alert>
      )}
      <Onward>
        {!live.ended && (
          <Button variant="outlined" color="error" onClick={cancel} loading={cancelling}>
            Cancel
          </Button>
        )}
        <Button variant="contained" disabled={!live.ended} onClick={on}>
          View final results →
        </Button>
      </Onward>
    </>
  )
}
