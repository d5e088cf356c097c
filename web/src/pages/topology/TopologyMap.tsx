import Box from '@mui/material/Box'
import { useTheme } from '@mui/material/styles'
import { useEffect, useMemo, useRef } from 'react'
import { type Board, boardIn } from './board'
import type { NetworkMap } from './graph'
import { fontSize, sceneOf } from './scene'
import type { Place } from './tiers'

interface MapProps {
  map: NetworkMap
  places: ReadonlyMap<string, Place>
  /** Nodes that are lit; the rest is dim. Empty lights all. */
  lit: ReadonlySet<string>
  selected: string | null
  onSelect: (id: string | null) => void
  onMoved: (id: string, place: Place) => void
  onReady: (board: Board) => void
}

/** The map on a canvas. What is drawn comes from outside; what is dragged is told. */
export function TopologyMap(props: MapProps) {
  const host = useRef<HTMLDivElement>(null)
  const board = useRef<Board>(null)
  const told = useRef(props)
  told.current = props
  const { velocity: palette, typography } = useTheme()
  const font = typography.fontFamily ?? 'sans-serif'
  const { map, places, lit, selected } = props

  useEffect(() => {
    if (!host.current) return
    const made = boardIn(host.current, {
      select: (id) => told.current.onSelect(id),
      moved: (id, place) => told.current.onMoved(id, place),
    })
    board.current = made
    told.current.onReady(made)
    return made.close
  }, [])

  const scene = useMemo(() => sceneOf(map, places), [map, places])
  const size = useMemo(() => fontSize(scene), [scene])
  useEffect(() => board.current?.show(scene), [scene])
  useEffect(() => board.current?.dress({ palette, font, size, lit, selected }), [palette, font, size, lit, selected])

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
  position: 'relative',
  flex: 1,
  minHeight: 320,
  overflow: 'hidden',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
}
