import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

/** Pixels of a row, and of the head, which stays above the rows. */
export const ROW = 34

/** Rows that are drawn, `to` not included. */
export interface Sight {
  from: number
  to: number
}

/** Rows beyond those in sight that are there at once, when the table rests, and where a scroll goes. */
const NEAR = 3
const AT_REST = 60
const AHEAD = 90
/** Rows that were scrolled past and are kept. */
const KEPT = 12
/** Rows ahead that are drawn at once at most, beside as many as were gone past: all of them would take longer than a frame. */
const STEP = 16
/** Milliseconds after a scroll in which it goes on. */
const GOES_ON = 1000
/** Of a table that was not measured yet. */
const FIRST: Sight = { from: 0, to: 16 }

/**
 * What is drawn next when `inSight` is seen and `drawn` is there, after a scroll of `went` rows, upwards less than 0. Where a scroll
 * goes rows are drawn far ahead, `more` with each frame than it went, so that one that is slow, in which it goes further, finds them there.
 */
export function ahead(drawn: Sight, inSight: Sight, went: number, count: number, more = STEP): Sight {
  const { from: first, to: last } = inSight
  const step = Math.abs(went) + more
  const isApart = drawn.to <= first || drawn.from >= last
  const [from, to] = isApart ? [first, last] : [drawn.from, drawn.to]
  const [up, down] = [went < 0 ? AHEAD : AT_REST, went > 0 ? AHEAD : AT_REST]
  const above = went > 0 ? Math.max(from, first - KEPT) : Math.min(from, Math.max(from - step, first - up))
  const below = went < 0 ? Math.min(to, last + KEPT) : Math.max(to, Math.min(to + step, last + down))
  return { from: Math.max(0, Math.min(above, first - NEAR)), to: Math.min(count, Math.max(below, last + NEAR)) }
}

/** The rows of a table to draw as its frame is scrolled, and how a row is brought into sight. */
export function useSight(frame: RefObject<HTMLDivElement | null>, count: number) {
  const [sight, setSight] = useState(FIRST)
  const now = useRef(sight)
  const top = useRef(0)
  const scrolledAt = useRef(Number.NEGATIVE_INFINITY)
  const look = (more?: number) => {
    const on = frame.current
    if (!on) return false
    const by = on.scrollTop - top.current
    const inSight = {
      from: Math.min(count, Math.floor(on.scrollTop / ROW)),
      to: Math.min(count, Math.ceil((on.scrollTop + on.clientHeight - ROW) / ROW)),
    }
    top.current = on.scrollTop
    const next = ahead(now.current, inSight, Math.sign(by) * Math.ceil(Math.abs(by) / ROW), count, more)
    if (next.from === now.current.from && next.to === now.current.to) return false
    now.current = next
    return true
  }
  const latest = useRef(look)
  latest.current = look

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are in sight when there are more or fewer
  useLayoutEffect(() => {
    // A scroll that waited at the end for more goes on as far at once.
    if (latest.current(isScrolled(scrolledAt.current) ? AT_REST : 0)) setSight(now.current)
  }, [count])

  useEffect(() => {
    const on = frame.current
    if (!on) return
    const scrolled = () => {
      scrolledAt.current = performance.now()
      // What comes into sight is drawn in the frame in which it does.
      if (latest.current()) flushSync(() => setSight(now.current))
    }
    on.addEventListener('scroll', scrolled, { passive: true })
    const resized = new ResizeObserver(() => latest.current(0) && setSight(now.current))
    resized.observe(on)
    return () => {
      on.removeEventListener('scroll', scrolled)
      resized.disconnect()
    }
  }, [frame])

  // Once what is in sight was painted, what is around it, some by some.
  // biome-ignore lint/correctness/useExhaustiveDependencies: of other rows there are others around
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined
    const rest = () => {
      if (isScrolled(scrolledAt.current) || !latest.current()) return
      setSight(now.current)
      soon = setTimeout(rest)
    }
    const painted = requestAnimationFrame(() => {
      soon = setTimeout(rest)
    })
    return () => {
      cancelAnimationFrame(painted)
      clearTimeout(soon)
    }
  }, [count])

  return sight
}

const isScrolled = (last: number) => performance.now() - last < GOES_ON

/** Scrolls as little as brings a row into sight. */
export function reveal(frame: HTMLElement | null, row: number) {
  if (!frame) return
  const [above, below] = [row * ROW, (row + 2) * ROW - frame.clientHeight]
  if (frame.scrollTop > above) frame.scrollTop = above
  else if (frame.scrollTop < below) frame.scrollTop = below
}
