import type { Job } from '../src/api/jobs'
import type { NoteView } from '../src/api/notes'
import type { Preset, Schedule } from '../src/api/schedules'
import type { ReadText } from '../src/api/templates'
import type { ChangeView, Device, Evidence, Figures, LinkView, RouteView, RunView } from '../src/api/types'

/** Answers as the server gives them, each with what a test changes of it. */
export const me = (role: 'viewer' | 'operator' | 'admin' = 'admin') => ({
  name: 'ada',
  role,
  must_change_password: false,
  by_token: false,
  sites: [],
})

export const AT = '2026-11-21T01:15:00Z'

export const device = (n: number, of: Partial<Device> = {}): Device => ({
  id: n,
  name: `leaf-${n}`,
  slug: `leaf-${n}`,
  address: `10.0.0.${n}`,
  port: 22,
  site: 'fra',
  role: 'leaf',
  platform: 'arista_eos',
  vendor: 'Arista',
  model: 'DCS-7050',
  os_version: '4.28.3M',
  serials: [`JPE${n}`],
  chassis_mac: '00:1c:73:00:00:01',
  status: 'active',
  first_seen: AT,
  last_seen: AT,
  last_captured: AT,
  credential: 'ok',
  ...of,
})

export const deviceView = (n: number, of: Record<string, unknown> = {}) => ({
  ...device(n),
  record: { id: n, version: 1, tags: ['move-2027'] },
  notes: [],
  mentions: [],
  said: [{ field: 'site', actor: 'ada', at: AT }],
  other_addresses: ['10.255.0.1'],
  accesses: [],
  credentials: [],
  captures: [],
  not_asked: {},
  crypto: null,
  sources: [],
  ...of,
})

export const link = (of: Partial<LinkView> = {}): LinkView => ({
  local_device: 'leaf-1',
  local_port: 'Ethernet49',
  remote_device: 'spine-1',
  remote_port: 'Ethernet1',
  protocols: ['cdp', 'lldp'],
  score: 1,
  confirmed: true,
  members: [],
  unknown: null,
  ...of,
})

export const route = (of: Partial<RouteView> = {}): RouteView => ({
  device: 'leaf-1',
  vrf: 'default',
  prefix: '10.1.1.0/24',
  protocol: 'C',
  distance: 0,
  metric: 0,
  next_hop: null,
  interface: 'Vlan101',
  first_seen: AT,
  last_seen: AT,
  evidence: evidence(),
  ...of,
})

export const run = (id: number, of: Partial<RunView> = {}): RunView => ({
  id,
  kind: 'collection',
  state: 'success',
  actor: 'ada',
  started_at: AT,
  ended_at: '2026-11-21T01:15:41Z',
  total: 12,
  succeeded: 12,
  failed: 0,
  skipped: 0,
  remaining: 0,
  ...of,
})

export const change = (id: number, of: Partial<ChangeView> = {}): ChangeView => ({
  id,
  device: 'leaf-1',
  type: 'config',
  severity: 'minor',
  detected_at: AT,
  summary: '+1 -0 lines',
  action: null,
  count: 1,
  by: { user: 'bob', at: null },
  lines_added: 1,
  lines_removed: 0,
  old_capture: 7,
  new_capture: 8,
  execution: 2,
  ...of,
})

export const evidence = (of: Partial<Evidence> = {}): Evidence => ({
  capture: 5,
  capture_type: 'arp',
  first_line: 2,
  last_line: 2,
  template: 'arista_eos_show_ip_arp',
  ...of,
})

export const figures = (of: Partial<Figures> = {}): Figures => ({
  at: AT,
  devices: 12,
  sites: 3,
  records: [
    { name: 'sites', count: 3 },
    { name: 'devices', count: 12 },
  ],
  by_status: [{ name: 'active', count: 12 }],
  by_platform: [
    { name: 'arista_eos', count: 8 },
    { name: 'cisco_ios', count: 4 },
  ],
  by_site: [{ name: 'fra', count: 12 }],
  by_vendor: [{ name: 'Arista', count: 8 }],
  by_role: [{ name: 'leaf', count: 12 }],
  with_credential: 6,
  credential_coverage_percent: 50,
  changes_day: [{ name: 'minor', count: 3 }],
  changes_week: [],
  captures: [],
  parsing: [{ capture_type: 'arp', outcome: 'parsed', devices: 12, unread_lines: 0 }],
  runs: [{ name: 'success', count: 2 }],
  queue: [],
  credentials: [],
  device_login_failures: 0,
  server_login_failures: 0,
  ...of,
})

export const rows = <Row>(items: Row[], next: string | null = null) => ({
  items,
  next,
  total: next ? null : items.length,
})

/** What the frame around every page asks. */
export const frame = {
  'GET /api/v1/session': me(),
  'GET /api/v1/dashboard': figures(),
  'GET /api/v1/schedules': { items: [], total: 0 },
}

export const note = (id: number, of: Partial<NoteView> = {}): NoteView => ({
  id,
  device: 'leaf-1',
  site: null,
  title: 'Reload only at night',
  body: 'The **second power supply** is on order, see [[leaf-2]].',
  author: 'ada',
  created_at: AT,
  changed_by: 'ada',
  changed_at: AT,
  version: 1,
  links: [{ text: 'leaf-2', device: 'leaf-2' }],
  ...of,
})

export const job = (n: number, of: Partial<Job> = {}): Job => ({
  id: n,
  slug: `job-${n}`,
  name: `Job ${n}`,
  description: null,
  enabled: true,
  favourite: n === 1,
  tags: [{ name: 'nightly', color: '2196f3' }],
  what: { captures: ['arp', 'mac'] },
  which: { site: ['fra'] },
  how: {},
  created_at: AT,
  created_by: 'ada',
  changed_at: AT,
  changed_by: 'ada',
  version: 1,
  last_run: { id: 2, state: 'success', started_at: AT },
  devices: 12,
  ...of,
})

export const schedule = (id: number, of: Partial<Schedule> = {}): Schedule => ({
  id,
  job: 'job-1',
  when: 'daily at 02:00',
  recurrence: { every: 'daily', at: '02:00:00' },
  zone: 'Europe/Berlin',
  site: null,
  jitter_seconds: 0,
  missed: 'skip',
  state: 'active',
  next: '2026-11-22T01:00:00Z',
  next_local: '2026-11-22 02:00 CET',
  last: null,
  created_by: 'ada',
  ...of,
})

export const preset = (name: string, kept = false): Preset => ({
  name,
  title: `What ${name} collects`,
  captures: ['arp'],
  recurrence: { every: 'hourly', minute: 15 },
  when: 'hourly at minute 15',
  kept,
})

export const readText = (of: Partial<ReadText> = {}): ReadText => ({
  template: 'cisco_ios_show_ip_arp',
  confidence: 0.9,
  fields: ['IP_ADDRESS', 'MAC_ADDRESS', 'INTERFACE'],
  rows: [{ IP_ADDRESS: '10.1.1.10', MAC_ADDRESS: '0050.5630.4110', INTERFACE: 'Vlan101' }],
  row_lines: [[2, 2]],
  unread: [{ line: 3, text: '% a line that nobody knows' }],
  lines: 3,
  problem: null,
  ...of,
})
