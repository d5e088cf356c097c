import { useSyncExternalStore } from 'react'
import { ago, local, utc } from './time'

/** A moment as its distance from now; the pointer shows UTC and local time. */
export function When({ at, absolute = false }: { at: string | null | undefined; absolute?: boolean }) {
  const now = useNow()
  if (!at) return <>never</>
  return (
    <time dateTime={at} title={`${utc(at)} UTC · ${local(at)} local`}>
      {absolute ? `${utc(at)} UTC` : ago(at, now)}
    </time>
  )
}

let shown = Date.now()
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all that is on the screen, so that a thousand rows do not have a thousand timers. */
function useNow(): number {
  return useSyncExternalStore(watch, () => shown)
}

function watch(changed: () => void): () => void {
  // Nobody looked until now.
  if (watchers.size === 0) shown = Date.now()
  watchers.add(changed)
  timer ??= setInterval(tick, 15_000)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick() {
  shown = Date.now()
  for (const changed of watchers) changed()
}
