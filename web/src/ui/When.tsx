import Tooltip from '@mui/material/Tooltip'
import { useSyncExternalStore } from 'react'
import { ago, local, utc } from './time'

/** A moment as its distance from now; the pointer or the focus shows UTC and local time. */
export function When({ at, absolute = false }: { at: string | null | undefined; absolute?: boolean }) {
  const now = useNow()
  if (!at) return <>never</>
  return (
    <Tooltip title={`${utc(at)} UTC · ${local(at)} local`}>
      <time dateTime={at}>{absolute ? `${utc(at)} UTC` : ago(at, now)}</time>
    </Tooltip>
  )
}

let shown = Date.now()

/** One clock for all that is on the screen, so that a thousand rows do not have a thousand timers. */
function useNow(): number {
  return useSyncExternalStore(tick, () => shown)
}

function tick(changed: () => void): () => void {
  shown = Date.now()
  const timer = setInterval(() => {
    shown = Date.now()
    changed()
  }, 15_000)
  return () => clearInterval(timer)
}
