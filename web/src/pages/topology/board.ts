import { draw, type Look, widestLabel } from './draw'
import { hear } from './hands'
import { type Scene, type Spot, spotAt } from './scene'
import type { Place } from './tiers'
import { bounds, fitted, onMap, type Size, type View, zoomed } from './view'

/** What is told of the hands on a map. */
export interface Told {
  select: (id: string | null) => void
  moved: (id: string, place: Place) => void
}

/** A map on a canvas that fills its host. */
export interface Board {
  /** Another map, all of it in sight. */
  show: (scene: Scene) => void
  dress: (look: Look) => void
  /** All of it as a PNG; none when the browser makes none. */
  picture: () => Promise<Blob | null>
  close: () => void
}

const MARGIN = 40
/** Beyond so many links they are left out while something moves. */
const MANY = 1500
/** Milliseconds without a move after which it rests. */
const REST = 120
/** Pixels beside a node that still mean it. */
const SLACK = 3
/** Pixels of a picture for one of the map, and of its longer side at most; the margin is as wide as a label needs. */
const PICTURE = { density: 2, most: 8000, margin: 80 }

export function boardIn(host: HTMLElement, told: Told): Board {
  const canvas = document.createElement('canvas')
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;touch-action:none'
  const pen = canvas.getContext('2d')
  let scene: Scene = { spots: [], lines: [] }
  let look: Look | null = null
  let view: View | null = null
  let size: Size = { width: 0, height: 0 }
  let grabbed: Spot | null = null
  let from: Place = { x: 0, y: 0 }
  let frame = 0
  let moving: ReturnType<typeof setTimeout> | undefined

  const paint = () => {
    cancelAnimationFrame(frame)
    frame = 0
    if (!pen || !look || size.width === 0) return
    const [wide, high] = [size.width, size.height].map((side) => Math.round(side * devicePixelRatio))
    // What changes its size is empty, so it does as it is drawn again.
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
    view ??= fitted(bounds(scene.spots), size, MARGIN)
    const haste = moving && scene.lines.length > MANY ? { dragged: grabbed } : undefined
    draw(pen, scene, view, size, look, devicePixelRatio, haste)
  }
  const soon = () => {
    frame ||= requestAnimationFrame(paint)
  }
  const rest = () => {
    clearTimeout(moving)
    moving = undefined
    soon()
  }
  const move = () => {
    clearTimeout(moving)
    moving = setTimeout(rest, REST)
    soon()
  }
  const fill = () => {
    size = { width: host.clientWidth, height: host.clientHeight }
    paint()
  }
  const under = (at: Place) => (view ? spotAt(scene, onMap(view, at), SLACK / view.zoom) : undefined)
  const deaf = hear(canvas, {
    grab: (at) => {
      grabbed = under(at) ?? null
      if (grabbed) from = { x: grabbed.x, y: grabbed.y }
    },
    move: ({ x, y }) => {
      if (!view) return
      if (grabbed) Object.assign(grabbed, { x: grabbed.x + x / view.zoom, y: grabbed.y + y / view.zoom })
      else view = { ...view, x: view.x + x, y: view.y + y }
      move()
    },
    drop: () => {
      if (grabbed) told.moved(grabbed.id, { x: grabbed.x, y: grabbed.y })
      grabbed = null
      rest()
    },
    release: () => {
      if (grabbed) Object.assign(grabbed, from)
      grabbed = null
      rest()
    },
    tap: (at) => {
      grabbed = null
      told.select(under(at)?.id ?? null)
    },
    zoom: (by, at) => {
      view = view && zoomed(view, by, at)
      move()
    },
  })
  const resized = new ResizeObserver(fill)
  resized.observe(host)
  const blind = onDensity(soon)
  host.append(canvas)
  // Labels are drawn in what there is until the font is loaded.
  void document.fonts.ready.then(soon)
  return {
    show: (next) => {
      scene = next
      view = null
      // It is of the map before.
      grabbed = null
      soon()
    },
    dress: (next) => {
      look = next
      soon()
    },
    picture: () => (look ? pictureOf(scene, look) : Promise.resolve(null)),
    close: () => {
      deaf()
      blind()
      resized.disconnect()
      clearTimeout(moving)
      cancelAnimationFrame(frame)
      look = null
      canvas.remove()
    },
  }
}

/** Tells when the window is zoomed, or comes on a screen of another density. Gives what ends it. */
function onDensity(then: () => void): () => void {
  const ended = new AbortController()
  const once = { once: true, signal: ended.signal }
  const watch = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', changed, once)
  const changed = () => {
    watch()
    then()
  }
  watch()
  return () => ended.abort()
}

function pictureOf(scene: Scene, look: Look): Promise<Blob | null> {
  const { left, top, right, bottom } = bounds(scene.spots)
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) return Promise.resolve(null)
  const { density, most } = PICTURE
  const margin = Math.max(PICTURE.margin, widestLabel(pen, scene, look) / 2 + 4)
  const size = { width: right - left + 2 * margin, height: bottom - top + 2 * margin }
  const scale = Math.min(density, most / Math.max(size.width, size.height))
  canvas.width = Math.ceil(size.width * scale)
  canvas.height = Math.ceil(size.height * scale)
  draw(pen, scene, { zoom: 1, x: margin - left, y: margin - top }, size, { ...look, selected: null }, scale)
  pen.globalCompositeOperation = 'destination-over'
  pen.globalAlpha = 1
  pen.fillStyle = look.palette.paper
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.fillRect(0, 0, canvas.width, canvas.height)
  return new Promise((made) => canvas.toBlob(made))
}
