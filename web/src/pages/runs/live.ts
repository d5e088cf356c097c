/** What the event stream of a run tells, with the names of the browser's stream. */
export type RunEvent =
  | { event: `${string}_started`; total: number; at: string }
  | { event: 'device_started'; device_name: string; ip_address: string; at: string }
  | {
      event: 'device_completed'
      device_name: string
      ip_address: string
      success: boolean
      state: string
      error_class?: string | null
      message?: string | null
      credential?: string | null
      duration_ms?: number | null
      at: string
    }
  | {
      event: 'collection_progress'
      progress: number
      running: number
      completed: number
      failed: number
      skipped: number
      remaining: number
      total: number
      at: string
    }
  | { event: 'collection_complete'; success: boolean; state: string; summary?: Record<string, unknown>; at: string }

export type Told = RunEvent | { event: string; device_name?: string; message?: string | null; at: string }

export interface LiveDevice {
  name: string
  address: string
  state: string
  message?: string
  credential?: string
  durationMs?: number
}

export interface Live {
  devices: Map<string, LiveDevice>
  running: number
  completed: number
  failed: number
  remaining: number
  total: number
  /** 0 to 100, of completed work. */
  progress: number
  /** The state in the end; absent while the run goes on. */
  ended?: string
  log: { at: string; mark: string; text: string }[]
}

export const NOTHING: Live = {
  devices: new Map(),
  running: 0,
  completed: 0,
  failed: 0,
  remaining: 0,
  total: 0,
  progress: 0,
  log: [],
}

/** Enough to see what happens; the whole is in the results of the run. */
const LOG_LINES = 500

/** The run as it is after it told something more. Told twice is told once, for a stream resumes where it broke. */
export function after(live: Live, told: Told): Live {
  const next = step(live, told)
  const line = logged(told)
  return line ? { ...next, log: [...next.log, { at: told.at, ...line }].slice(-LOG_LINES) } : next
}

function step(live: Live, told: Told): Live {
  if (is(told, 'device_started'))
    return withDevice(live, { name: told.device_name, address: told.ip_address, state: 'running' })
  if (is(told, 'device_completed'))
    return withDevice(live, {
      name: told.device_name,
      address: told.ip_address,
      state: told.state,
      message: told.message ?? undefined,
      credential: told.credential ?? undefined,
      durationMs: told.duration_ms ?? undefined,
    })
  if (is(told, 'collection_progress')) {
    const { running, completed, failed, remaining, total, progress } = told
    return { ...live, running, completed, failed, remaining, total, progress }
  }
  if (is(told, 'collection_complete')) return { ...live, ended: told.state, running: 0, remaining: 0, progress: 100 }
  if (told.event.endsWith('_started') && 'total' in told) return { ...live, total: told.total, remaining: told.total }
  return live
}

/** A device may change its name while it is visited: an address is asked, and says who it is. */
function withDevice(live: Live, device: LiveDevice): Live {
  const devices = new Map(live.devices)
  devices.set(device.address || device.name, device)
  return { ...live, devices }
}

function logged(told: Told): { mark: string; text: string } | undefined {
  if (is(told, 'device_started')) return { mark: '▶', text: `Started: ${told.device_name}` }
  if (is(told, 'device_completed')) {
    if (told.success) return { mark: '✓', text: `${told.device_name}: completed` }
    return { mark: told.state === 'skipped' ? '–' : '✗', text: `${told.device_name}: ${told.message ?? told.state}` }
  }
  if (is(told, 'collection_complete')) return { mark: '■', text: `Finished: ${told.state}` }
  if (is(told, 'collection_progress')) return undefined
  if ('total' in told) return { mark: '·', text: `Begun: ${told.total} devices` }
  if (told.event === 'missed') return { mark: '!', text: 'Some events were missed; the results of the run have them' }
  const name = 'device_name' in told && told.device_name ? `${told.device_name}: ` : ''
  return { mark: '!', text: `${name}${('message' in told && told.message) || told.event}` }
}

function is<Name extends RunEvent['event']>(told: Told, name: Name): told is Extract<RunEvent, { event: Name }> {
  return told.event === name
}
