import type { KeptKind, NamedKind } from '../../api/objects'
import type { Role } from '../../api/types'

/** What people keep besides devices: the word of the API, what is shown and what can be edited. */
export interface Kind {
  path: KeptKind
  title: string
  one: string
  about: string
  /** Devices are of it, and are counted; unless said. */
  isOfDevices?: boolean
  /** Who may change them; operators, unless said. */
  as?: Role
  /** What to do when there are none. */
  empty?: string
  fields: Field[]
}

export interface Field {
  name: string
  label: string
  /** `of` names another record; `zone` is a time zone. */
  kind: 'text' | 'long' | 'color' | 'zone' | readonly string[] | { of: NamedKind }
  /** Shown in the table, in this width. */
  width?: number
  required?: boolean
  hint?: string
}

const NAME: Field = { name: 'name', label: 'Name', kind: 'text', width: 150, required: true }
const SLUG: Field = { name: 'slug', label: 'Slug', kind: 'text', width: 120, hint: 'Made of the name when left out' }
const DESCRIPTION: Field = { name: 'description', label: 'Description', kind: 'text', width: 160 }
const SITE_STATUS = ['planned', 'staging', 'active', 'decommissioning', 'retired'] as const

export const KINDS: Kind[] = [
  {
    path: 'sites',
    title: 'Sites',
    one: 'site',
    about: 'Where devices stand.',
    fields: [
      NAME,
      SLUG,
      { name: 'status', label: 'Status', kind: SITE_STATUS, width: 110 },
      { name: 'region', label: 'Region', kind: 'text', width: 90 },
      { name: 'facility', label: 'Facility', kind: 'text', width: 90, hint: 'Data centre or provider: FRA5' },
      { name: 'time_zone', label: 'Time zone', kind: 'zone', width: 115, hint: 'Europe/Berlin' },
      { name: 'physical_address', label: 'Address', kind: 'text' },
      { name: 'latitude', label: 'Latitude', kind: 'text' },
      { name: 'longitude', label: 'Longitude', kind: 'text' },
      DESCRIPTION,
      { name: 'comments', label: 'Comments', kind: 'long', hint: 'Markdown' },
    ],
  },
  {
    path: 'platforms',
    title: 'Platforms',
    one: 'platform',
    about: 'Which operating system runs on a device, and how it is spoken to.',
    fields: [
      NAME,
      SLUG,
      { name: 'manufacturer', label: 'Manufacturer', kind: { of: 'manufacturers' }, width: 150 },
      {
        name: 'netmiko_type',
        label: 'netmiko type',
        kind: 'text',
        width: 130,
        hint: "netmiko's device type: cisco_ios",
      },
      DESCRIPTION,
    ],
  },
  {
    path: 'roles',
    title: 'Roles',
    one: 'role',
    about: 'What devices do in the network.',
    fields: [
      NAME,
      SLUG,
      { name: 'color', label: 'Colour', kind: 'color', width: 100, hint: 'Six hex digits: 2196f3' },
      DESCRIPTION,
    ],
  },
  {
    path: 'manufacturers',
    title: 'Manufacturers',
    one: 'manufacturer',
    about: 'Who makes the devices.',
    fields: [NAME, SLUG, DESCRIPTION],
  },
  {
    path: 'device-types',
    title: 'Device types',
    one: 'device type',
    about: 'Models of manufacturers.',
    fields: [
      { name: 'model', label: 'Model', kind: 'text', width: 150, required: true },
      SLUG,
      { name: 'manufacturer', label: 'Manufacturer', kind: { of: 'manufacturers' }, width: 150, required: true },
      { name: 'part_number', label: 'Part number', kind: 'text', width: 130 },
      { name: 'u_height', label: 'Height (U)', kind: 'text', width: 90 },
      DESCRIPTION,
    ],
  },
]

export const DEVICE_STATUSES = [
  'active',
  'planned',
  'staged',
  'failed',
  'inventory',
  'offline',
  'decommissioning',
] as const

/** What may be said of many devices at once. */
export const SHARED: Field[] = [
  { name: 'site', label: 'Site', kind: { of: 'sites' } },
  { name: 'location', label: 'Location', kind: { of: 'locations' } },
  { name: 'role', label: 'Role', kind: { of: 'roles' } },
  { name: 'platform', label: 'Platform', kind: { of: 'platforms' } },
  { name: 'manufacturer', label: 'Manufacturer', kind: { of: 'manufacturers' } },
  { name: 'status', label: 'Status', kind: DEVICE_STATUSES },
]

/** A device, as a person keeps it. It has pages of its own. */
export const DEVICE: Kind = {
  path: 'devices',
  title: 'Devices',
  one: 'device',
  about: '',
  fields: [
    NAME,
    { name: 'address', label: 'Address', kind: 'text', required: true, hint: 'Where it is reached' },
    { name: 'port', label: 'Port', kind: 'text', hint: 'Of SSH or telnet' },
    ...SHARED,
    { name: 'model', label: 'Model', kind: 'text' },
    { name: 'serial', label: 'Serial numbers', kind: 'text', hint: 'Parted by blanks' },
    { name: 'asset_tag', label: 'Asset tag', kind: 'text', hint: 'Number on its sticker' },
    {
      name: 'pinned_credential',
      label: 'Credential',
      kind: { of: 'credentials' },
      hint: 'Of the vault: it alone is tried on this device',
    },
    DESCRIPTION,
    { name: 'comments', label: 'Comments', kind: 'long', hint: 'Markdown' },
  ],
}

const PAUSED = ['active', 'paused'] as const

/** Ways by which persons are told something. */
export const CHANNELS: Kind = {
  path: 'notifications/channels',
  title: 'Channels',
  isOfDevices: false,
  as: 'admin',
  one: 'channel',
  about: 'By which ways persons are told: mail, webhooks, Slack, Teams.',
  empty: 'Make one, then a rule that says what goes by it.',
  fields: [
    NAME,
    { name: 'kind', label: 'Kind', kind: ['email', 'webhook', 'slack', 'teams'], width: 90, required: true },
    { name: 'target', label: 'Target', kind: 'text', width: 220, hint: 'Addresses of a mail; URL of a webhook' },
    {
      name: 'credential',
      label: 'Credential',
      kind: 'text',
      width: 120,
      hint: 'Of the vault: a log-in, a token that signs, a secret URL',
    },
    { name: 'server', label: 'Mail server', kind: 'text', width: 150, hint: 'mail.example.net:587' },
    { name: 'security', label: 'Security', kind: ['starttls', 'tls', 'none'] },
    { name: 'sender', label: 'Sender', kind: 'text' },
    { name: 'status', label: 'Status', kind: PAUSED, width: 90 },
    DESCRIPTION,
  ],
}

/** What is told, by which way, and when. */
export const RULES: Kind = {
  path: 'notifications/rules',
  title: 'Rules',
  isOfDevices: false,
  one: 'rule',
  about: 'What is told, by which channel, and when.',
  empty: 'Make a channel first, then a rule: runs that failed, changes, new devices.',
  fields: [
    NAME,
    { name: 'channel', label: 'Channel', kind: { of: 'notifications/channels' }, width: 120, required: true },
    {
      name: 'events',
      label: 'Events',
      kind: 'text',
      width: 220,
      required: true,
      hint: 'run_failed, run_partial, run_succeeded, change, new_device, credential_refused, worker_lost',
    },
    { name: 'severity', label: 'Changes at least', kind: ['minor', 'moderate', 'critical'], width: 120 },
    { name: 'devices', label: 'Devices', kind: 'text', hint: 'Names with * and ?, parted by commas' },
    { name: 'site', label: 'Site', kind: { of: 'sites' } },
    { name: 'digest', label: 'Told together', kind: 'text', hint: 'hourly, or daily 08:00' },
    { name: 'quiet', label: 'Quiet hours', kind: 'text', hint: '22:00-07:00' },
    { name: 'time_zone', label: 'Time zone', kind: 'zone' },
    { name: 'status', label: 'Status', kind: PAUSED, width: 90 },
    DESCRIPTION,
  ],
}
