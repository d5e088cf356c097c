import type { Palette } from '../../theme/palettes'
import type { Line, Scene, Spot } from './scene'
import { type Bounds, type Size, seen, type View } from './view'

/** What a map looks like. */
export interface Look {
  palette: Palette
  font: string
  /** Of labels, in the measure of the map. */
  size: number
  /** Nodes that are lit; the rest is dim. Empty lights all. */
  lit: ReadonlySet<string>
  selected: string | null
}

/** In a hurry, as something is moved: without labels, and of the links only those of what is dragged. */
export interface Haste {
  dragged: Spot | null
}

/** Labels that would be smaller on the screen are not drawn. */
const LEAST_LABEL = 6
/** Pixels of a node from which its corners can be seen. */
const ROUND = 8
const DIM = 0.18
/** Width of a link on the map, and in pixels at least. */
const LINE = 1.5
const LEAST_LINE = 0.6
/** Half of a node's side in pixels at least. */
const LEAST_HALF = 1
/** Lines that are drawn at once: a path of thousands takes a rasteriser much longer than a hundred of a hundred. */
const AT_ONCE = 100

export type Pen = CanvasRenderingContext2D

/** The map as it is seen in a window of `size`. `density` is pixels of the device for one of the window. */
export function draw(pen: Pen, scene: Scene, view: View, size: Size, look: Look, density: number, haste?: Haste) {
  const window = seen(view, size)
  pen.setTransform(density, 0, 0, density, 0, 0)
  pen.clearRect(0, 0, size.width, size.height)
  pen.translate(view.x, view.y)
  pen.scale(view.zoom, view.zoom)
  const isDim = (s: Spot) => look.lit.size > 0 && !look.lit.has(s.id)
  const shown = scene.spots.filter((s) => isIn(s, window))
  for (const dim of look.lit.size > 0 ? [true, false] : [false]) {
    const own = haste ? scene.lines.filter(({ a, b }) => a === haste.dragged || b === haste.dragged) : scene.lines
    pen.globalAlpha = dim ? DIM : 1
    lines(pen, own, (l) => (isDim(l.a) || isDim(l.b)) === dim, window, view.zoom, look.palette)
    pen.globalAlpha = dim ? DIM : 1
    for (const spot of shown) if (isDim(spot) === dim) node(pen, spot, view.zoom, look)
    if (!haste && look.size * view.zoom >= LEAST_LABEL)
      for (const spot of shown) if (isDim(spot) === dim) label(pen, spot, look)
  }
}

function lines(pen: Pen, all: Line[], fits: (l: Line) => boolean, window: Bounds, zoom: number, { quiet }: Palette) {
  pen.strokeStyle = quiet
  pen.lineWidth = Math.max(LINE, LEAST_LINE / zoom)
  // From afar they would hide the nodes.
  pen.globalAlpha *= Math.sqrt(LINE / pen.lineWidth)
  for (const weak of [false, true]) {
    pen.setLineDash(weak ? [6, 4] : [])
    pen.beginPath()
    let count = 0
    for (const line of all) {
      if (line.weak !== weak || !fits(line) || isBeside(line, window)) continue
      pen.moveTo(line.a.x, line.a.y)
      pen.lineTo(line.b.x, line.b.y)
      if (++count % AT_ONCE > 0) continue
      pen.stroke()
      pen.beginPath()
    }
    pen.stroke()
  }
  pen.setLineDash([])
}

function node(pen: Pen, { id, x, y, half: own, kind }: Spot, zoom: number, { palette: p, selected }: Look) {
  const half = Math.max(own, LEAST_HALF / zoom)
  pen.fillStyle = kind === 'site' ? p.secondary : kind === 'guessed' ? p.paper : p.primary
  const chosen = id === selected
  if (!chosen && kind === 'device' && 2 * half * zoom < ROUND)
    return pen.fillRect(x - half, y - half, 2 * half, 2 * half)
  pen.beginPath()
  if (kind === 'site') pen.arc(x, y, half, 0, 2 * Math.PI)
  else pen.roundRect(x - half, y - half, 2 * half, 2 * half, 5)
  pen.fill()
  if (!chosen && kind !== 'guessed') return
  pen.strokeStyle = chosen ? p.warn : p.quiet
  pen.lineWidth = chosen ? 4 : 2
  pen.setLineDash(kind === 'guessed' ? [4, 3] : [])
  pen.stroke()
  pen.setLineDash([])
}

/** How wide the widest label is, in the measure of the map. */
export function widestLabel(pen: Pen, { spots }: Scene, look: Look): number {
  return spots.reduce((most, spot) => {
    pen.font = fontOf(spot, look)
    return Math.max(most, pen.measureText(spot.label).width)
  }, 0)
}

const heightOf = ({ kind }: Spot, { size }: Look) => (kind === 'site' ? size + 2 : size)
const fontOf = (spot: Spot, look: Look) => `${heightOf(spot, look)}px ${look.font}`

function label(pen: Pen, spot: Spot, look: Look) {
  const { x, y, half, label: text } = spot
  const { palette } = look
  const high = heightOf(spot, look)
  pen.font = fontOf(spot, look)
  pen.textAlign = 'center'
  pen.textBaseline = 'top'
  const [wide, top, before] = [pen.measureText(text).width, y + half + 4, pen.globalAlpha]
  pen.fillStyle = palette.paper
  pen.globalAlpha = 0.85 * before
  pen.fillRect(x - wide / 2 - 2, top - 2, wide + 4, high + 4)
  pen.globalAlpha = before
  pen.fillStyle = palette.text
  pen.fillText(text, x, top)
}

/** With room for its label. */
const isIn = ({ x, y }: Spot, { left, top, right, bottom }: Bounds) =>
  x > left - 130 && x < right + 130 && y > top - 70 && y < bottom + 40

const isBeside = ({ a, b }: Line, { left, top, right, bottom }: Bounds) =>
  (a.x < left && b.x < left) ||
  (a.x > right && b.x > right) ||
  (a.y < top && b.y < top) ||
  (a.y > bottom && b.y > bottom)
