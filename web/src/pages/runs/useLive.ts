import { useEffect, useReducer, useState } from 'react'
import { eventsUrl } from '../../api/runs'
import { after, type Live, NOTHING, type Told } from './live'

/** The names under which the stream tells what is told of every run. */
const NAMES = [
  'discovery_started',
  'collection_started',
  'credentials_started',
  'device_started',
  'device_completed',
  'collection_progress',
  'collection_complete',
  'host_key_changed',
  'algorithms_downgraded',
  'missed',
]

/**
 * A run as it goes, by server-sent events. The browser connects again by itself and says where it was, so nothing is told
 * twice or missed. `ended` is called once, when the run is over.
 */
export function useLive(run: string | number | null, ended?: () => void): Live {
  const [live, tell] = useReducer(
    (live: Live, told: Told | 'new') => (told === 'new' ? NOTHING : after(live, told)),
    NOTHING,
  )
  const [over, setOver] = useState(false)
  useEffect(() => {
    if (run === null) return
    tell('new')
    setOver(false)
    const source = new EventSource(eventsUrl(run))
    const heard = (message: MessageEvent<string>) => {
      const told = JSON.parse(message.data) as Told
      tell({ ...told, event: told.event ?? message.type })
      if (message.type === 'collection_complete') {
        source.close()
        setOver(true)
      }
    }
    for (const name of NAMES) source.addEventListener(name, heard)
    return () => source.close()
  }, [run])
  useEffect(() => {
    if (over) ended?.()
  }, [over, ended])
  return live
}
