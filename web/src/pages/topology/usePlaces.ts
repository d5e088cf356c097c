import { useCallback, useEffect, useMemo, useState } from 'react'
import type { NetworkMap } from './graph'
import { layered } from './layered'
import { type Place, tiers } from './tiers'

const KEY = 'velocity.map'
/** A layered layout of more takes longer than anybody waits. */
const LAYERED_MOST = 600

/**
 * Where each node stands: by tiers at once, layered when the worker is done, and where somebody dragged it above all, until
 * that is forgotten; `forget` is there when there is something to forget.
 */
export function usePlaces(map: NetworkMap | undefined, layout: string) {
  const base = useMemo(() => (map ? tiers(map) : new Map<string, Place>()), [map])
  const [better, setBetter] = useState<{ of: NetworkMap; places: Map<string, Place> } | null>(null)
  // Changed in place by a drag, which is drawn already; another one when all of it is forgotten.
  const [dragged, setDragged] = useState(kept)
  const [isDragged, setIsDragged] = useState(() => Object.keys(dragged).length > 0)
  const wanted = layout === 'layered' && map !== undefined && map.nodes.length > 0 && map.nodes.length <= LAYERED_MOST
  const done = better !== null && better.of === map
  useEffect(() => {
    if (!wanted || !map) return
    let stale = false
    layered(map).then(
      (places) => !stale && setBetter({ of: map, places }),
      () => !stale && setBetter({ of: map, places: tiers(map) }),
    )
    return () => {
      stale = true
    }
  }, [wanted, map])
  const places = useMemo(
    () => new Map([...(wanted && done && better ? better.places : base), ...Object.entries(dragged)]),
    [base, better, wanted, done, dragged],
  )
  const moved = useCallback(
    (id: string, place: Place) => {
      dragged[id] = place
      localStorage.setItem(KEY, JSON.stringify(dragged))
      setIsDragged(true)
    },
    [dragged],
  )
  const forget = useCallback(() => {
    localStorage.removeItem(KEY)
    setDragged({})
    setIsDragged(false)
  }, [])
  return { places, moved, forget: isDragged ? forget : undefined, working: wanted && !done }
}

function kept(): Record<string, Place> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}')
  } catch {
    return {}
  }
}
