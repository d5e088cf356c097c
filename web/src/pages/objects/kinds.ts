/** What people keep besides devices: the word of the API, what is shown and what can be edited. */
export interface Kind {
  path: string
  title: string
  one: string
  about: string
  fields: Field[]
}

export interface Field {
  name: string
  label: string
  kind: 'text' | 'long' | 'color' | readonly string[]
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
      { name: 'time_zone', label: 'Time zone', kind: 'text', width: 115, hint: 'Europe/Berlin' },
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
    fields: [NAME, SLUG, { name: 'manufacturer', label: 'Manufacturer', kind: 'text', width: 150 }, DESCRIPTION],
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
      { name: 'manufacturer', label: 'Manufacturer', kind: 'text', width: 150, required: true },
      { name: 'part_number', label: 'Part number', kind: 'text', width: 130 },
      { name: 'u_height', label: 'Height (U)', kind: 'text', width: 90 },
      DESCRIPTION,
    ],
  },
]
