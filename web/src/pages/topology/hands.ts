import type { Place } from './tiers'

/** What hands do on the map; places and ways are in pixels of the window. */
export interface Does {
  grab: (at: Place) => void
  /** By so much, of what was grabbed. */
  move: (by: Place) => void
  /** What was grabbed is let go of after it was moved. */
  drop: () => void
  /** Grabbed and let go of at one place. */
  tap: (at: Place) => void
  zoom: (by: number, at: Place) => void
}

/** A hand that means to hold still moves so far, in pixels. */
const SLIP = 4

/** Hears mouse, pen, fingers and wheel. Two fingers zoom. Gives what ends it. */
export function hear(on: HTMLElement, does: Does): () => void {
  const held = new Map<number, Place>()
  let went = 0
  const place = (e: MouseEvent): Place => {
    const { left, top } = on.getBoundingClientRect()
    return { x: e.clientX - left, y: e.clientY - top }
  }
  const down = (e: PointerEvent) => {
    if (e.button !== 0) return
    on.setPointerCapture(e.pointerId)
    held.set(e.pointerId, place(e))
    if (held.size > 1) return
    went = 0
    does.grab(place(e))
  }
  const move = (e: PointerEvent) => {
    const [before, at] = [held.get(e.pointerId), place(e)]
    if (!before) return
    const other = [...held].find(([id]) => id !== e.pointerId)?.[1]
    held.set(e.pointerId, at)
    went += far(before, at)
    if (other) does.zoom(far(at, other) / Math.max(1, far(before, other)), other)
    else if (went > SLIP) does.move({ x: at.x - before.x, y: at.y - before.y })
  }
  const up = (e: PointerEvent) => {
    if (!held.delete(e.pointerId) || held.size > 0) return
    if (went > SLIP || e.type === 'pointercancel') does.drop()
    else does.tap(place(e))
  }
  const wheel = (e: WheelEvent) => {
    e.preventDefault()
    const lines = e.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1
    does.zoom(Math.exp(-Math.max(-120, Math.min(120, e.deltaY * lines)) * (e.ctrlKey ? 0.01 : 0.002)), place(e))
  }
  const ended = new AbortController()
  const { signal } = ended
  on.addEventListener('pointerdown', down, { signal })
  on.addEventListener('pointermove', move, { signal })
  on.addEventListener('pointerup', up, { signal })
  on.addEventListener('pointercancel', up, { signal })
  on.addEventListener('wheel', wheel, { signal, passive: false })
  return () => ended.abort()
}

const far = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y)
