import Box from '@mui/material/Box'
import { type Theme, useTheme } from '@mui/material/styles'
import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from 'cytoscape'
import { useEffect, useMemo, useRef } from 'react'
import type { NetworkMap } from './graph'
import type { Place } from './tiers'

interface MapProps {
  map: NetworkMap
  places: ReadonlyMap<string, Place>
  /** Nodes that are lit; the rest is dim. Empty lights all. */
  lit: ReadonlySet<string>
  selected: string | null
  onSelect: (id: string | null) => void
  onMoved: (id: string, place: Place) => void
  onReady: (core: Core) => void
}

/** The map on a canvas. What is drawn comes from outside; what is dragged is told. */
export default function TopologyMap(props: MapProps) {
  const host = useRef<HTMLDivElement>(null)
  const core = useRef<Core>(null)
  const told = useRef(props)
  told.current = props
  const theme = useTheme()
  const { map, places, lit, selected } = props

  useEffect(() => {
    if (!host.current) return
    const cy = cytoscape({
      container: host.current,
      textureOnViewport: true,
      hideEdgesOnViewport: true,
      minZoom: 0.02,
      maxZoom: 3,
      wheelSensitivity: 0.3,
    })
    cy.on('tap', 'node', (e) => told.current.onSelect(e.target.id()))
    cy.on('tap', (e) => e.target === cy && told.current.onSelect(null))
    cy.on('dragfree', 'node', (e) => told.current.onMoved(e.target.id(), { ...e.target.position() }))
    core.current = cy
    told.current.onReady(cy)
    return () => cy.destroy()
  }, [])

  const size = useMemo(() => fontSize(places), [places])

  // Before the elements: a style that comes after them is worked out for each of them a second time.
  useEffect(() => {
    core.current?.style(styles(theme, size))
  }, [theme, size])

  useEffect(() => {
    const cy = core.current
    if (!cy) return
    cy.batch(() => {
      cy.elements().remove()
      cy.add(nodesOf(map, places))
    })
    // While a node has no links its style is worked out without asking for them, once for each property.
    cy.nodes().forEach((node) => void node.width())
    cy.batch(() => cy.add(linksOf(map)))
    // A link ends at its nodes.
    cy.fit(cy.nodes(), 40)
  }, [map, places])

  // After the elements, of which the lit ones are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other elements need the classes again
  useEffect(() => light(core.current, lit, selected), [lit, selected, map, places])

  return (
    <Box
      ref={host}
      role="img"
      aria-label={`Map of ${map.nodes.length} nodes and ${map.links.length} links`}
      sx={frame}
    />
  )
}

const frame = {
  flex: 1,
  minHeight: 320,
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
}

const nodesOf = (map: NetworkMap, places: ReadonlyMap<string, Place>): ElementDefinition[] =>
  map.nodes.map((n) => ({
    data: { id: n.id, label: n.label },
    classes: n.role === 'site' ? 'site' : n.guessed ? 'guessed' : '',
    position: { ...(places.get(n.id) ?? { x: 0, y: 0 }) },
  }))

function linksOf(map: NetworkMap): ElementDefinition[] {
  const known = new Set(map.nodes.map((n) => n.id))
  return map.links
    .filter((l) => known.has(l.a) && known.has(l.b))
    .map((l) => ({ data: { id: l.id, source: l.a, target: l.b }, classes: l.proven ? '' : 'weak' }))
}

function light(cy: Core | null, lit: ReadonlySet<string>, selected: string | null) {
  if (!cy) return
  cy.batch(() => {
    cy.elements().removeClass('dim chosen')
    if (lit.size > 0) {
      cy.nodes()
        .filter((n) => !lit.has(n.id()))
        .addClass('dim')
      cy.edges()
        .filter((e) => !lit.has(e.source().id()) || !lit.has(e.target().id()))
        .addClass('dim')
    }
    if (selected) cy.getElementById(selected).addClass('chosen')
  })
}

/** Of a label, so that it can be read as the map is fitted; no larger than what is between two nodes has room for. */
function fontSize(places: ReadonlyMap<string, Place>): number {
  const extent = (axis: 'x' | 'y') => {
    let [least, most] = [Infinity, -Infinity]
    for (const place of places.values()) [least, most] = [Math.min(least, place[axis]), Math.max(most, place[axis])]
    return Math.max(1, most - least)
  }
  // About what is left beside the navigation and below the controls.
  const zoom = Math.min((innerWidth * 0.75) / extent('x'), (innerHeight * 0.5) / extent('y'))
  return Math.round(Math.max(15, Math.min(22, 12 / zoom)))
}

function styles({ velocity: p }: Theme, size: number): StylesheetJson {
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        'background-color': p.primary,
        color: p.text,
        'font-size': size,
        'text-valign': 'bottom',
        'text-margin-y': 4,
        'text-background-color': p.paper,
        'text-background-opacity': 0.85,
        'text-background-padding': '2px',
        'min-zoomed-font-size': 6,
        width: 26,
        height: 26,
        shape: 'round-rectangle',
      },
    },
    {
      selector: 'node.site',
      style: { shape: 'ellipse', width: 56, height: 56, 'background-color': p.secondary, 'font-size': size + 2 },
    },
    {
      selector: 'node.guessed',
      style: { 'background-color': p.paper, 'border-width': 2, 'border-style': 'dashed', 'border-color': p.quiet },
    },
    { selector: 'edge', style: { width: 1.5, 'line-color': p.quiet, 'curve-style': 'haystack' } },
    { selector: 'edge.weak', style: { 'line-style': 'dashed' } },
    { selector: '.dim', style: { opacity: 0.18 } },
    { selector: 'node.chosen', style: { 'border-width': 4, 'border-color': p.warn } },
  ]
}
