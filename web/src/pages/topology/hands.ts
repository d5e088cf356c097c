import type { Place } from './tiers'

/** What hands do on the map; places and ways are in pixels of the window. */
export interface Does {
  grab: (at: Place) => void
  /** By so much, of what was grabbed. */
  move: (by: Place) => void
  /** What was grabbed is let go of after it was moved. */
  drop: () => void
  /** What was grabbed was not meant: a second finger came, or the system took the hand away. */
  release: () => void
  /** Grabbed and let go of at one place. */
  tap: (at: Place) => void
  zoom: (by: number, at: Place) => void
}

/** A hand that means to hold still moves so far, in pixels; a finger rolls. */
const SLIP = { mouse: 4, touch: 10 }

/** Hears mouse, pen, fingers and wheel. Two fingers zoom. Gives what ends it. */
export function hear(on: HTMLElement, does: Does): () => void {
  const held = new Map<number, Place>()
  let slipped = false
  const place = (e: MouseEvent): Place => {
    const { left, top } = on.getBoundingClientRect()
    return { x: e.clientX - left, y: e.clientY - top }
  }
  const down = (e: PointerEvent) => {
    if (e.button !== 0) return
    on.setPointerCapture(e.pointerId)
    held.set(e.pointerId, place(e))
    slipped = held.size > 1
    if (slipped) does.release()
    else does.grab(place(e))
  }
  const move = (e: PointerEvent) => {
    const [before, at] = [held.get(e.pointerId), place(e)]
    if (!before) return
    const other = [...held].find(([id]) => id !== e.pointerId)?.[1]
    // Until it slips, what is held is at the place where it was grabbed.
    if (!slipped && far(before, at) <= SLIP[e.pointerType === 'touch' ? 'touch' : 'mouse']) return
    slipped = true
    held.set(e.pointerId, at)
    if (other) does.zoom(far(at, other) / Math.max(1, far(before, other)), other)
    else does.move({ x: at.x - before.x, y: at.y - before.y })
  }
  const up = (e: PointerEvent) => {
    const at = held.get(e.pointerId)
    held.delete(e.pointerId)
    if (!at || held.size > 0) return
    if (e.type === 'pointercancel') does.release()
    else if (slipped) does.drop()
    else does.tap(at)
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
  // The click that a browser makes of a tap would go to what the tap has opened over the map.
  on.addEventListener('touchend', (e) => e.preventDefault(), { signal, passive: false })
  on.addEventListener('wheel', wheel, { signal, passive: false })
  return () => ended.abort()
}

const far = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y)
