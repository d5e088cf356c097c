/** The server's words for what is on the screens. */
export interface Evidence {
  capture: number
  capture_type: string
  first_line: number
  last_line: number
  template: string
}

export interface Device {
  id: number
  name: string
  slug: string
  address: string
  port: number
  site: string | null
  role: string | null
  platform: string
  vendor: string
  model: string | null
  os_version: string | null
  serials: string[]
  chassis_mac: string | null
  status: string
  first_seen: string
  last_seen: string
  last_captured: string | null
}

export interface LinkView {
  local_device: string
  local_port: string
  remote_device: string
  remote_port: string
  protocols: string[]
  score: number
  confirmed: boolean
  members: [string | null, string | null][]
  unknown: string | null
}

export interface CaptureView {
  id: number
  capture_type: string
  command: string
  platform: string
  version: number | null
  size: number
  content_hash: string
  first_seen: string
  last_seen: string
  completeness: string
  facts: number | null
  parsed: string | null
  message: string | null
}

export interface Note {
  id: number
  device: string | null
  site: string | null
  title: string
  body: string
  author: string
  created_at: string
  changed_by: string
  changed_at: string
  version: number
}

export interface DeviceCredential {
  credential: string
  last_success_at: string | null
  last_failure_at: string | null
  failure_count: number
  is_preferred: boolean
}

export interface DeviceView extends Device {
  record: Record<string, unknown> & { id: number; version: number; tags?: string[] }
  notes: Note[]
  mentions: Note[]
  said: { field: string; actor: string }[]
  other_addresses: string[]
  accesses: { username: string; platform: string }[]
  credentials: DeviceCredential[]
  links: LinkView[]
  captures: CaptureView[]
  not_asked: Record<string, string>
  crypto: CryptoView | null
}

export interface CryptoView {
  device: string | null
  site: string | null
  address: string
  suite: string | null
  best: string | null
  kex: string | null
  host_key: string | null
  cipher: string | null
  mac: string | null
  key_type: string | null
  key_bits: number | null
  fingerprint: string | null
  key_age_days: number | null
  same_key_as: string[]
  findings: string[]
}

export interface RunView {
  id: number
  kind: string
  state: string
  actor: string
  started_at: string
  ended_at: string | null
  total: number
  succeeded: number
  failed: number
  skipped: number
  remaining: number
}

export interface ItemView {
  name: string
  address: string | null
  state: string
  class: string | null
  message: string
  advice: string | null
  username: string | null
  credential: string | null
  duration_ms: number | null
  attempts: number
}

export interface ChangeView {
  id: number
  device: string
  type: string
  severity: string
  detected_at: string
  summary: string
  action: string | null
  count: number
  by: { user: string | null; at: string | null } | null
  lines_added: number
  lines_removed: number
  old_capture: number | null
  new_capture: number | null
  execution: number | null
  diff?: string
  things?: ChangedThing[]
}

export interface ChangedThing {
  subject: string
  action: string
  before: string | null
  after: string | null
  old: Evidence | null
  new: Evidence | null
}

export interface SearchHit {
  device: string
  capture_type: string
  capture: number
  first_seen: string
  last_seen: string
  line: number
  text: string
  /** Bytes of the text that match, from and up to. */
  matches: { start: number; end: number }[]
  before: string[]
  after: string[]
}

export interface CoverageCell {
  capture_type: string
  state: string
  rows: number
  unread_lines: number
  rejected_rows: number
  reason: string | null
  size: number
  last_seen: string | null
}

export interface CoverageReport {
  at: string
  devices_total: number
  sites_total: number
  captures_total: number
  size: number
  expected: number
  covered: number
  percent: number | null
  states: Record<string, number>
  types: {
    capture_type: string
    title: string
    expected: number
    covered: number
    percent: number | null
    states: Record<string, number>
    rows: number
    size: number
    newest: string | null
  }[]
  devices: {
    device: string
    site: string | null
    platform: string
    expected: number
    covered: number
    cells: CoverageCell[]
  }[]
}

export interface OsVersionView {
  vendor: string
  platform: string
  os_version: string | null
  models: string[]
  devices: string[]
}

export interface FactView {
  device: string
  first_seen: string
  last_seen: string
  gone_at: string | null
  evidence: Evidence
  [column: string]: unknown
}

export interface Answer {
  kind: string
  device: string
  what: string
  why: string
  score: number
  first_seen: string
  last_seen: string
  gone_at: string | null
  evidence: Evidence | null
}

export interface Whereabouts {
  mac: string
  vendor: string | null
  addresses: string[]
  port: { device: string; interface: string; vlan: string | null } | null
  steps: { device: string; what: string; last_seen: string; evidence: Evidence }[]
  verdict: string
}

export interface RouteView {
  device: string
  vrf: string
  prefix: string
  protocol: string
  distance: number | null
  metric: number | null
  next_hop: string | null
  interface: string | null
  evidence: Evidence
}

export interface FindReport {
  read_as: string[]
  answers: Answer[]
  whereabouts: Whereabouts[]
  routes: RouteView[]
}

export interface Count {
  name: string
  count: number
}

export interface Figures {
  at: string
  devices: number
  sites: number
  by_status: Count[]
  by_platform: Count[]
  by_site: Count[]
  by_vendor: Count[]
  by_role: Count[]
  with_credential: number
  credential_coverage_percent: number
  changes_day: Count[]
  changes_week: Count[]
  captures: { capture_type: string; devices: number; newest: string }[]
  parsing: { capture_type: string; outcome: string; devices: number; unread_lines: number }[]
  runs: Count[]
  queue: Count[]
  credentials: Count[]
  device_login_failures: number
  server_login_failures: number
}
