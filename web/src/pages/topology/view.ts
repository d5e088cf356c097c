import type { Place } from './tiers'

/** What of the map is seen: a place of it is at `place * zoom + (x, y)`, in pixels of the window on it. */
export interface View {
  zoom: number
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

export interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

const LEAST = 0.02
const MOST = 3

/** The least rectangle that all are in; without any a point. */
export function bounds(places: Iterable<Place>): Bounds {
  const all = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const { x, y } of places) {
    all.left = Math.min(all.left, x)
    all.right = Math.max(all.right, x)
    all.top = Math.min(all.top, y)
    all.bottom = Math.max(all.bottom, y)
  }
  return all.left <= all.right ? all : { left: 0, top: 0, right: 0, bottom: 0 }
}

/** All of it in the middle, `margin` pixels from the edges. */
export function fitted({ left, top, right, bottom }: Bounds, { width, height }: Size, margin: number): View {
  const [wide, high] = [Math.max(1, right - left), Math.max(1, bottom - top)]
  const zoom = within(Math.min((width - 2 * margin) / wide, (height - 2 * margin) / high))
  return { zoom, x: (width - zoom * (left + right)) / 2, y: (height - zoom * (top + bottom)) / 2 }
}

/** Nearer by a factor; what is at `at`, in pixels, stays there. */
export function zoomed(view: View, by: number, at: Place): View {
  const zoom = within(view.zoom * by)
  const grown = zoom / view.zoom
  return { zoom, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }
}

/** The place of the map that is at so many pixels. */
export const onMap = (view: View, at: Place): Place => ({
  x: (at.x - view.x) / view.zoom,
  y: (at.y - view.y) / view.zoom,
})

/** What of the map is in a window. */
export function seen(view: View, { width, height }: Size): Bounds {
  const [from, to] = [onMap(view, { x: 0, y: 0 }), onMap(view, { x: width, y: height })]
  return { left: from.x, top: from.y, right: to.x, bottom: to.y }
}

const within = (zoom: number) => Math.max(LEAST, Math.min(MOST, zoom))
