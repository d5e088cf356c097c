import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { mapQuery } from '../../api/topology'
import { Page } from '../../ui/Page'
import { Empty, Failure, Loading } from '../../ui/States'
import { useUrlState } from '../../ui/urlState'
import type { Board } from './board'
import { ChosenNode } from './ChosenNode'
import { bySite, pathBetween } from './graph'
import { MapControls } from './MapControls'
import { MapExport } from './MapExport'
import { TimeSlider } from './TimeSlider'
import { TopologyMap } from './TopologyMap'
import { usePlaces } from './usePlaces'

/** More nodes than these are drawn by site first. */
const MANY = 400

export default function TopologyPage() {
  const [state, set] = useUrlState()
  const whole = useQuery(mapQuery(state.at))
  const board = useRef<Board>(null)
  const [chosen, choose] = useState<string | null>(null)
  const map = whole.data
  const isGrouped = (state.group ?? (map && map.nodes.length > MANY ? 'site' : 'none')) === 'site'
  const open = useMemo(() => new Set((state.open ?? '').split(',').filter(Boolean)), [state.open])
  const drawn = useMemo(() => (map && isGrouped ? bySite(map, open) : map), [map, isGrouped, open])
  const { places, moved, forget, working } = usePlaces(drawn, state.layout ?? 'layered')
  const path = useMemo(() => {
    return map && state.from && state.to ? pathBetween(map, state.from, state.to) : []
  }, [map, state.from, state.to])
  const lit = useMemo(() => {
    if (path.length > 0) return new Set(path)
    return new Set(state.q ? (drawn?.nodes ?? []).filter((n) => fits(n, state.q ?? '')).map((n) => n.id) : [])
  }, [path, state.q, drawn])
  if (whole.error) return <Failure error={whole.error} again={() => void whole.refetch()} />
  if (!map || !drawn) return <Loading />
  const select = (id: string | null) => {
    const site = id?.startsWith('site:') ? id.slice(5) : undefined
    if (site === undefined) choose(id)
    else set({ group: 'site', open: [...open, site].join(',') })
  }
  return (
    <Page
      title="Topology"
      fill
      about={`${map.nodes.length} nodes, ${map.links.length} links; a dashed link is claimed by one end only`}
      actions={
        <>
          {forget && <Button onClick={forget}>Reset positions</Button>}
          <MapExport board={board} />
        </>
      }
    >
      <MapControls map={map} isGrouped={isGrouped} hits={lit.size} />
      <TimeSlider />
      {state.from && state.to && (
        <Typography role="status">
          {path.length > 0
            ? `Path: ${path.join(' → ')}`
            : `There is no way from ${state.from} to ${state.to} on this map.`}
        </Typography>
      )}
      {map.nodes.length === 0 ? (
        <Empty title="No devices to draw">Discover the network first; the map is made of what neighbours say.</Empty>
      ) : (
        <Box sx={{ flex: 1, minHeight: 320, display: 'flex', position: 'relative' }}>
          <TopologyMap
            map={drawn}
            places={places}
            lit={lit}
            selected={chosen}
            onSelect={select}
            onMoved={moved}
            onReady={(made) => {
              board.current = made
            }}
          />
          {working && (
            <Box sx={{ position: 'absolute', top: 8, left: 12 }}>
              <Typography role="status">Laying out…</Typography>
            </Box>
          )}
        </Box>
      )}
      {chosen && <ChosenNode map={map} id={chosen} close={() => choose(null)} />}
    </Page>
  )
}

const fits = (n: { label: string; role: string; platform: string; site: string }, words: string) =>
  [n.label, n.role, n.platform, n.site].some((text) => text.toLowerCase().includes(words.toLowerCase()))
