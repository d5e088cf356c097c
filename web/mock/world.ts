import { AT, change, device, deviceView, evidence, figures, frame, rows, run } from './data'

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

const links = devices.slice(1).map((d, n) => ({
  a: { device: name(Math.floor(n / 2)), port: `Ethernet${n + 1}` },
  b: { device: d.name, port: 'Ethernet49' },
  protocols: ['lldp'],
  score: 1,
  confirmed: n % 4 !== 3,
  members: [],
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
  routes: [],
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
  completeness: 'complete',
  facts: n === 0 ? null : 7 * n,
  parsed: n === 0 ? null : n === 3 ? 'partly' : 'parsed',
  message: null,
}))

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
  'GET /api/v1/devices/{device}': deviceView(2, {
    name: name(1),
    slug: name(1),
    captures,
    links: [
      {
        local_device: name(1),
        local_port: 'Ethernet49',
        remote_device: name(0),
        remote_port: 'Ethernet1',
        protocols: ['cdp', 'lldp'],
        score: 1,
        confirmed: true,
        members: [],
        unknown: null,
      },
    ],
  }),
  'GET /api/v1/changes': rows([
    change(3, { severity: 'critical', summary: 'os_version 4.28.3M -> 4.30.1F', type: 'version', device: name(2) }),
    change(2, { severity: 'major', summary: 'GigabitEthernet1/0/7 went down', type: 'interfaces', device: name(4) }),
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
  'GET /api/v1/captures/7/text': config(20),
  'GET /api/v1/captures/{id}/text': config(21),
  'GET /api/v1/captures/{id}': { ...captures[0], device: name(1) },
  'GET /api/v1/search': { items: [hit, { ...hit, line: 4, device: name(3), capture: 9 }] },
  'GET /api/v1/facts/{kind}': rows(arp),
  'GET /api/v1/topology/{format}': {
    devices: devices.map((d) => ({ name: d.name, platform: d.platform, role: d.role, site: d.site })),
    links,
    unknown: [
      {
        name: 'ip-phone-1',
        chassis_id: null,
        platform: 'phone',
        seen_from: [{ device: name(2), port: 'Ethernet9', remote_port: null }],
      },
    ],
    conflicts: [],
  },
}
