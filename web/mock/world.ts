import {
  AT,
  change,
  device,
  deviceView,
  evidence,
  figures,
  frame,
  job,
  link,
  note,
  preset,
  readText,
  route,
  rows,
  run,
  schedule,
} from './data'

const SITES = ['fra', 'ger', 'usa']
const ROLES = ['core', 'spine', 'leaf', 'leaf']
const PLATFORMS = ['cisco_ios', 'arista_eos', 'juniper_junos', 'cisco_nxos']

const devices = Array.from({ length: 12 }, (_, n) => {
  const [site, role] = [SITES[n % 3] ?? '', ROLES[n % 4] ?? '']
  const name = `${site}-${role}-${1 + Math.floor(n / 4)}${n}`
  return device(n + 1, {
    name,
    slug: name,
    site,
    role,
    platform: PLATFORMS[n % 4],
    status: n === 7 ? 'failed' : 'active',
  })
})

const name = (n: number) => devices[n]?.name ?? ''

const edge = (n: number, source: string, target: string) => ({
  data: {
    id: `e${n}`,
    source,
    target,
    source_port: `Ethernet${n}`,
    target_port: 'Ethernet49',
    protocols: ['lldp'],
    confirmed: n % 4 !== 3,
  },
})

const map = {
  elements: {
    nodes: [
      ...SITES.map((site) => ({ data: { id: `g ${site}`, label: site } })),
      ...devices.map((d) => ({
        data: { id: d.name, label: d.name, platform: d.platform, site: d.site, role: d.role, kind: d.role },
      })),
      { data: { id: 'n99', label: 'ip-phone-1', platform: 'phone', site: 'usa', role: null, kind: 'unknown' } },
    ],
    edges: [...devices.slice(1).map((d, n) => edge(n + 1, name(Math.floor(n / 2)), d.name)), edge(11, name(2), 'n99')],
  },
}

const kept = (id: number, of: object) => ({ id, version: 1, devices: 4, ...of })

const cell = (type: string, state: string, rows: number) => ({
  capture_type: type,
  state,
  rows,
  unread_lines: state === 'partly' ? 3 : 0,
  rejected_rows: 0,
  reason: state === 'refused' ? '% Invalid input' : null,
  size: 900,
  last_seen: AT,
})

const COVERED = ['configs', 'version', 'arp', 'lldp']

const coverage = {
  at: AT,
  devices_total: 12,
  sites_total: 3,
  captures_total: 46,
  size: 412_000,
  expected: 48,
  covered: 46,
  percent: 95.8,
  states: {},
  types: COVERED.map((type) => ({
    capture_type: type,
    title: type,
    expected: 12,
    covered: 12,
    percent: 100,
    states: {},
    rows: 40,
    size: 1000,
    newest: AT,
  })),
  devices: devices.map((d, n) => ({
    device: d.slug,
    site: d.site,
    platform: d.platform,
    expected: 4,
    covered: n === 7 ? 2 : 4,
    cells: [
      cell('configs', 'text', 0),
      cell('version', 'rows', 1),
      cell('arp', n === 7 ? 'refused' : 'rows', n === 7 ? 0 : 12),
      cell('lldp', n === 7 ? 'missing' : n === 3 ? 'partly' : 'rows', n === 7 ? 0 : 4),
    ],
  })),
}

const crypto = devices.map((d, n) => ({
  device: d.slug,
  site: d.site,
  address: `${d.address}:22`,
  suite: n === 4 ? 'legacy' : 'modern',
  best: 'modern',
  kex: n === 4 ? 'diffie-hellman-group14-sha1' : 'curve25519-sha256',
  host_key: 'ssh-ed25519',
  cipher: 'chacha20-poly1305@openssh.com',
  mac: null,
  key_type: 'ed25519',
  key_bits: 256,
  fingerprint: 'SHA256:abc',
  key_age_days: 3,
  same_key_as: [],
  findings: n === 4 ? ['an old key exchange; update the device'] : [],
}))

const hit = {
  device: name(1),
  capture_type: 'configs',
  capture: 8,
  first_seen: AT,
  last_seen: AT,
  line: 3,
  text: 'ntp server 10.255.0.1',
  matches: [{ start: 0, end: 10 }],
  before: ['!'],
  after: ['ntp server 10.255.0.2'],
}

const config = (last: number) =>
  [
    'hostname fra-spine-11',
    '!',
    ...Array.from({ length: last }, (_, n) => `ntp server 10.255.0.${n + 1}`),
    'end',
    '',
  ].join('\n')

const arp = devices.map((d, n) => ({
  device: d.slug,
  ip: `10.1.1.${n + 10}`,
  mac: `00:50:56:30:41:${String(n + 10)}`,
  interface: 'Vlan101',
  vrf: 'default',
  first_seen: AT,
  last_seen: AT,
  gone_at: null,
  evidence: evidence({ first_line: n + 2, last_line: n + 2 }),
}))

const item = (n: number) => ({
  name: name(n),
  address: `10.0.0.${n + 1}`,
  state: n === 7 ? 'failed' : 'success',
  class: n === 7 ? 'authentication_failed' : null,
  message: n === 7 ? '10.0.0.8:22 refused credential `lab`' : '',
  advice: n === 7 ? 'check the user name and password on the device or its AAA server' : null,
  username: 'admin',
  credential: 'lab',
  duration_ms: 900 + n * 130,
  attempts: 1,
})

const find = {
  read_as: ['MAC address'],
  answers: arp.slice(0, 3).map((a) => ({
    kind: 'arp',
    device: a.device,
    what: `${a.ip} is ${a.mac} on Vlan101`,
    why: 'the MAC address',
    score: 100,
    first_seen: AT,
    last_seen: AT,
    gone_at: null,
    evidence: a.evidence,
  })),
  address: '10.1.1.10',
  whereabouts: [
    {
      mac: '00:50:56:30:41:10',
      vendor: 'VMware, Inc.',
      addresses: ['10.1.1.10'],
      port: { device: name(2), interface: 'Ethernet7', vlan: '101' },
      steps: [
        { device: name(1), what: 'ARP: 10.1.1.10 is 00:50:56:30:41:10', last_seen: AT, evidence: evidence() },
        {
          device: name(2),
          what: 'MAC table: learned on Ethernet7, VLAN 101',
          last_seen: AT,
          evidence: evidence({ capture: 6 }),
        },
      ],
      verdict: 'Ethernet7 has one host and no neighbour: it is plugged in there.',
    },
  ],
}

const captures = ['configs', 'version', 'arp', 'lldp', 'interfaces'].map((type, n) => ({
  id: n + 5,
  capture_type: type,
  command: `show ${type}`,
  platform: 'arista_eos',
  version: n + 1,
  size: 1200 * (n + 1),
  content_hash: `${n}`.repeat(64),
  first_seen: AT,
  last_seen: AT,
  completeness: { state: 'complete' },
  facts: n === 0 ? null : 7 * n,
  parsed: n === 0 ? null : n === 3 ? 'partly' : 'parsed',
  message: null,
}))

const jobs = [
  job(1, { slug: 'cisco-ios-arp', name: 'Cisco IOS ARP' }),
  job(2, { slug: 'arista-configs', name: 'Arista configurations', what: { captures: ['configs'] }, favourite: false }),
  job(3, { slug: 'doors', name: 'Doors of the racks', enabled: false, last_run: null, tags: [] }),
]

/** A small network as the server tells it: what screens are looked at with when there is no server. */
export const world: Record<string, unknown> = {
  ...frame,
  'GET /api/v1/dashboard': figures({
    by_platform: PLATFORMS.map((p, n) => ({ name: p, count: 3 + n })),
    by_site: SITES.map((s) => ({ name: s, count: 4 })),
    by_role: ROLES.map((r) => ({ name: r, count: 4 })),
    changes_day: [
      { name: 'critical', count: 1 },
      { name: 'minor', count: 4 },
    ],
  }),
  'GET /api/v1/devices': rows(devices),
  'GET /api/v1/devices/{reference}': deviceView(2, {
    name: name(1),
    slug: name(1),
    captures,
    notes: [note(1)],
  }),
  'GET /api/v1/devices/{reference}/links': rows([link({ local_device: name(1), remote_device: name(0) })]),
  'GET /api/v1/jobs': rows(jobs),
  'GET /api/v1/jobs/{job}': jobs[0],
  'POST /api/v1/jobs/preview': {
    matching: 12,
    problems: [],
    devices: devices.map((d) => ({
      id: d.id,
      name: d.name,
      address: d.address,
      platform: d.platform,
      types: ['arp'],
      unsupported: [],
      accesses: [],
      accounts: [],
    })),
  },
  'GET /api/v1/batches': {
    items: [
      {
        slug: 'morning',
        file: '/home/ops/.velocity/batches/morning.yaml',
        name: 'Morning',
        jobs: ['cisco-ios-arp', 'arista-configs'],
        order: { stop_on_failure: false, delay: 5 },
        missing: [],
      },
    ],
    problems: [],
  },
  'GET /api/v1/schedules': rows([
    schedule(1, { job: 'cisco-ios-arp' }),
    schedule(2, { job: 'arista-configs', when: 'every hour at :15', state: 'paused', next: null, next_local: null }),
  ]),
  'GET /api/v1/schedules/presets': rows([preset('daily-configs', true), preset('hourly-arp')]),
  'GET /api/v1/tags': rows([]),
  'GET /api/v1/templates': rows([
    { name: 'cisco_ios_show_ip_arp', from: 'ntc-templates' },
    { name: 'arista_eos_show_ip_arp', from: 'velocity' },
    { name: 'acme_show_doors', from: 'own' },
  ]),
  'POST /api/v1/templates/detect': rows([
    { template: 'cisco_ios_show_ip_arp', confidence: 0.93, score: 81, records: 12, lines: 13, read: 13 },
    { template: 'arista_eos_show_ip_arp', confidence: 0.07, score: 12, records: 4, lines: 13, read: 5 },
  ]),
  'POST /api/v1/templates/parse': readText(),
  'POST /api/v1/templates/test': readText(),
  'GET /api/v1/settings': {
    file: '/home/ops/.velocity/config.yaml',
    text: 'run:\n  concurrency: 50\n',
    in_effect: { run: { concurrency: 50, timeout: 60 } },
    version: '1',
    needs_restart: false,
  },
  'GET /api/v1/notifications/rules': rows([
    { id: 1, version: 1, name: 'Failures', channel: 'noc', events: 'run_failed, run_partial', status: 'active' },
  ]),
  'GET /api/v1/notifications': rows([]),
  'GET /api/v1/health': rows([
    { thing: 'disk', health: 'well', seen: '120 GB are free', advice: '' },
    { thing: 'vault', health: 'warning', seen: 'it is locked', advice: 'unlock it, or set VELOCITY_VAULT_PASS' },
  ]),
  'GET /api/v1/undo': rows([
    { id: 4, at: AT, actor: 'ada', action: 'device.bulk_edit', object: '12 devices', rows: 12 },
    { id: 3, at: AT, actor: 'ada', action: 'site.edit', object: 'site fra', rows: 1, undone_at: AT, undone_by: 'ada' },
  ]),
  'GET /api/v1/notes': rows([note(1), note(2, { device: null, site: 'fra', title: 'Access to the rooms' })]),
  'GET /api/v1/topology/diff': {
    devices_added: ['fra-leaf-28'],
    devices_removed: [],
    links_added: [],
    links_removed: [],
    unknown_added: [],
    unknown_removed: [],
  },
  'GET /api/v1/changes': rows([
    change(3, { severity: 'critical', summary: 'os_version 4.28.3M -> 4.30.1F', type: 'version', device: name(2) }),
    change(2, { severity: 'moderate', summary: 'GigabitEthernet1/0/7 went down', type: 'interfaces', device: name(4) }),
    change(1, { device: name(1) }),
  ]),
  'GET /api/v1/changes/{id}': change(1, { device: name(1), diff: '+ntp server 10.255.0.3' }),
  'GET /api/v1/executions': rows([
    run(3, { state: 'partial', failed: 1, succeeded: 11 }),
    run(2),
    run(1, { kind: 'discovery' }),
  ]),
  'GET /api/v1/executions/{id}': {
    ...run(3, { state: 'partial', failed: 1, succeeded: 11 }),
    devices: devices.map((_, n) => item(n)),
  },
  'GET /api/v1/find': find,
  'GET /api/v1/route-lookup': rows([route({ device: name(1) })]),
  'GET /api/v1/devices/{reference}/captures/{capture_type}/blame': {
    device: name(1),
    capture_type: 'configs',
    version: 2,
    lines: config(21)
      .trimEnd()
      .split('\n')
      .map((line, n) => ({ line, capture: n === 22 ? 8 : 7, version: n === 22 ? 2 : 1, since: AT })),
    is_cut: false,
  },
  'GET /api/v1/captures/{id}/lines': { text: 'Internet  10.1.1.10   77   0050.5630.4110\n' },
  'GET /api/v1/captures/7': { device: name(1), capture: captures[0], text: config(20) },
  'GET /api/v1/captures/{id}': { device: name(1), capture: captures[0], text: config(21) },
  'GET /api/v1/captures': rows(devices.map((d, n) => ({ ...captures[0], id: 100 + n, device: d.slug }))),
  'GET /api/v1/devices/{reference}/captures': rows([
    { ...captures[0], id: 8, version: 2 },
    { ...captures[0], id: 7, version: 1 },
  ]),
  'GET /api/v1/sites': rows(SITES.map((s, n) => kept(n + 1, { name: s, slug: s, status: 'active', region: 'emea' }))),
  'GET /api/v1/roles': rows(
    ['core', 'leaf'].map((r, n) => kept(n + 1, { name: r, slug: r, color: n ? '2196f3' : 'f44336' })),
  ),
  'GET /api/v1/reports/coverage': coverage,
  'GET /api/v1/reports/os-versions': rows([
    {
      vendor: 'Arista',
      platform: 'arista_eos',
      os_version: '4.28.3M',
      models: ['DCS-7050'],
      devices: devices.slice(0, 8).map((d) => d.slug),
    },
    { vendor: 'Cisco', platform: 'cisco_ios', os_version: '17.6.4', models: ['C9500-48Y4C'], devices: [name(9)] },
  ]),
  'GET /api/v1/reports/crypto': rows(crypto),
  'GET /api/v1/reports/own': rows([
    {
      name: 'old-ios',
      title: 'Versions of IOS by site',
      of: 'devices',
      where: { platform: 'cisco_ios' },
      count_by: ['site', 'os_version'],
    },
  ]),
  'GET /api/v1/reports/own/{name}': {
    title: 'Versions of IOS by site',
    at: '2026-11-21T02:13:00Z',
    columns: ['site', 'os_version', 'count'],
    rows: SITES.map((site, n) => ({ site, os_version: '17.3.4a', count: 3 + n })),
  },
  'GET /api/v1/users': rows([
    {
      id: 1,
      name: 'ada',
      role: 'admin',
      must_change: false,
      sites: [],
      disabled_at: null,
      created_at: AT,
      last_login_at: AT,
      version: 1,
    },
    {
      id: 2,
      name: 'bob',
      role: 'viewer',
      must_change: true,
      sites: [{ site: 'fra', name: 'fra', role: 'operator' }],
      disabled_at: null,
      created_at: AT,
      last_login_at: null,
      version: 1,
    },
  ]),
  'GET /api/v1/tokens': rows([
    {
      id: 1,
      user: 'ada',
      name: 'prometheus',
      scope: 'viewer',
      created_at: AT,
      expires_at: null,
      last_used_at: AT,
      revoked_at: null,
    },
  ]),
  'GET /api/v1/audit': rows([
    {
      id: 2,
      at: AT,
      actor: 'ada',
      action: 'device.edit',
      object: 'device leaf-2',
      detail: { before: { site: 'fra' }, after: { site: 'ger' } },
    },
    { id: 1, at: AT, actor: 'ada', action: 'login', object: 'user ada', detail: {} },
  ]),
  'GET /api/v1/vault': { exists: true, unlocked: false, credentials: 2 },
  'GET /api/v1/credentials': rows([
    {
      id: 1,
      name: 'lab',
      kind: 'login',
      username: 'admin',
      realm: 'tacacs',
      holds: 'password,enable',
      priority: 10,
      is_default: true,
      notes: '',
      created_at: AT,
      changed_at: AT,
    },
  ]),
  'GET /api/v1/reports/credentials': {
    total: 12,
    ok: 11,
    failed: 1,
    untested: 0,
    coverage_percent: 91.6,
    accounts: [],
    devices: [],
    credentials: [{ name: 'lab', works_on: 11, preferred_on: 11, refused_on: 1 }],
  },
  'POST /api/v1/collections/plan': {
    types: ['arp'],
    devices: devices.map((d) => ({
      id: d.id,
      name: d.name,
      address: d.address,
      platform: d.platform,
      types: ['arp'],
      unsupported: [],
      accesses: [],
      accounts: [],
    })),
  },
  'GET /api/health': { status: 'ok', version: '0.1.0', database: 'ok' },
  'GET /api/v1/search': {
    items: [hit, { ...hit, line: 4, device: name(3), capture: 9 }],
    summary: { captures_searched: 46, bytes_searched: 412_000, captures_unreadable: 0, limit_reached: false },
  },
  'GET /api/v1/facts/{kind}': rows(arp),
  'GET /api/v1/topology': map,
}
