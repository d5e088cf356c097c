import Add from '@mui/icons-material/Add'
import Delete from '@mui/icons-material/Delete'
import Autocomplete from '@mui/material/Autocomplete'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import IconButton from '@mui/material/IconButton'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useQuery } from '@tanstack/react-query'
import { useChoices } from '../../api/dashboard'
import type { JobCommand, JobDraft } from '../../api/jobs'
import { namesQuery } from '../../api/objects'
import { credentialRows } from '../../api/vault'
import { Section } from '../../ui/Fields'
import { CAPTURE_TYPES } from '../collect/types'
import { DEVICE_STATUSES } from '../objects/kinds'
import { withPart } from './draft'

export interface PartProps {
  draft: JobDraft
  change: (draft: JobDraft) => void
}

/** What it is called. */
export function IdentityPart({ draft, change }: PartProps) {
  const tags = useQuery(namesQuery('tags'))
  return (
    <Section title="Identity">
      <Box sx={fields}>
        <TextField
          label="Name"
          required
          value={draft.name}
          onChange={(e) => change({ ...draft, name: e.target.value })}
        />
        <TextField
          label="Slug"
          value={draft.slug ?? ''}
          helperText="What commands call it; made of the name when left out"
          onChange={(e) => change({ ...draft, slug: e.target.value || undefined })}
        />
        <TextField
          label="Description"
          value={draft.description ?? ''}
          multiline
          onChange={(e) => change({ ...draft, description: e.target.value || undefined })}
        />
        <Several
          label="Tags"
          options={tags.data ?? []}
          value={draft.tags ?? []}
          change={(tags) => change({ ...draft, tags })}
        />
        <FormControlLabel
          label="Enabled: schedules and runs of all jobs run it"
          control={
            <Checkbox checked={draft.enabled ?? true} onChange={(_, enabled) => change({ ...draft, enabled })} />
          }
        />
        <FormControlLabel
          label="A favourite"
          control={
            <Checkbox checked={draft.favourite ?? false} onChange={(_, favourite) => change({ ...draft, favourite })} />
          }
        />
      </Box>
    </Section>
  )
}

/** Capture types, whose commands each platform knows, and commands of one's own. */
export function WhatPart({ draft, change }: PartProps) {
  const captures = draft.what?.captures ?? []
  const commands = draft.what?.commands ?? []
  const set = (what: Partial<NonNullable<JobDraft['what']>>) => change(withPart(draft, 'what', what))
  const edit = (at: number, to: Partial<JobCommand>) =>
    set({ commands: commands.map((c, n) => (n === at ? { ...c, ...to } : c)) })
  const others = captures.filter((c) => !CAPTURE_TYPES.some(([type]) => type === c))
  const toggle = (type: string) =>
    set({ captures: captures.includes(type) ? captures.filter((c) => c !== type) : [...captures, type] })
  return (
    <>
      <Section title="Capture types">
        <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))' }}>
          {[...CAPTURE_TYPES, ...others.map((c): [string, string] => [c, c])].map(([type, label]) => (
            <FormControlLabel
              key={type}
              label={label}
              control={<Checkbox checked={captures.includes(type)} onChange={() => toggle(type)} />}
            />
          ))}
        </Box>
      </Section>
      <Section
        title="Commands of your own"
        actions={
          <Button startIcon={<Add />} onClick={() => set({ commands: [...commands, { command: '', output: '' }] })}>
            Add a command
          </Button>
        }
      >
        <Box sx={fields}>
          {commands.map((c, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: its place is what a command is known by
            <Box key={at} sx={{ display: 'flex', gap: 1 }}>
              <TextField
                label="Command"
                required
                sx={{ flex: 2 }}
                value={c.command}
                onChange={(e) => edit(at, { command: e.target.value })}
              />
              <TextField
                label="Kept as"
                required
                sx={{ flex: 1 }}
                value={c.output}
                onChange={(e) => edit(at, { output: e.target.value })}
              />
              <TextField
                label="Template"
                sx={{ flex: 1 }}
                placeholder="the best"
                value={c.template ?? ''}
                onChange={(e) => edit(at, { template: e.target.value || undefined })}
              />
              <IconButton
                aria-label={`Take away ${c.command || 'the command'}`}
                onClick={() => set({ commands: commands.filter((_, n) => n !== at) })}
              >
                <Delete fontSize="small" />
              </IconButton>
            </Box>
          ))}
          <TextField
            label="Said before them, one a line"
            helperText="Paging off and the like; a platform’s own come first"
            multiline
            value={(draft.what?.prepare ?? []).join('\n')}
            onChange={(e) => set({ prepare: e.target.value ? e.target.value.split('\n') : [] })}
          />
        </Box>
      </Section>
    </>
  )
}

/** Which devices: of each what is given, of several values one. */
export function DevicesPart({ draft, change }: PartProps) {
  const choices = useChoices()
  const tags = useQuery(namesQuery('tags'))
  const which = draft.which ?? {}
  const part = (word: keyof typeof which, label: string, options: readonly string[]) => (
    <Several
      label={label}
      options={options}
      value={which[word] ?? []}
      change={(values) => change(withPart(draft, 'which', { [word]: values }))}
    />
  )
  return (
    <Section title="Device filters">
      <Box sx={fields}>
        {part('vendor', 'Vendor', choices.vendors)}
        {part('site', 'Site', choices.sites)}
        {part('role', 'Role', choices.roles)}
        {part('platform', 'Platform', choices.platforms)}
        {part('status', 'Status', DEVICE_STATUSES)}
        {part('tag', 'Tag', tags.data ?? [])}
        {part('name', 'Name, with * and ?', [])}
      </Box>
    </Section>
  )
}

const NUMBERS = [
  ['concurrency', 'Devices at once', '1 to 500'],
  ['timeout', 'Seconds for one device', 'All that happens on it'],
  ['connect_timeout', 'Seconds to connect', ''],
  ['delay', 'Seconds between two commands', ''],
  ['validate', 'Good when read to this part', '0 to 1; nothing is judged when empty'],
  ['rows', 'Rows at least', 'Fewer lower the score'],
] as const

/** How it is run; what is empty is as the config says. */
export function HowPart({ draft, change }: PartProps) {
  const known = useQuery({
    queryKey: credentialRows.key,
    queryFn: ({ signal }) => credentialRows.page(undefined, 1000, signal),
  })
  const how = draft.how ?? {}
  const set = (to: Partial<typeof how>) => change(withPart(draft, 'how', to))
  return (
    <Section title="Execution">
      <Box sx={fields}>
        {NUMBERS.map(([word, label, hint]) => (
          <TextField
            key={word}
            label={label}
            type="number"
            helperText={hint}
            placeholder="as the config says"
            value={how[word] ?? ''}
            onChange={(e) => set({ [word]: e.target.value === '' ? undefined : Number(e.target.value) })}
            slotProps={{ htmlInput: { min: 0, step: 'any' } }}
          />
        ))}
        <Pick
          label="Protocol"
          value={how.protocol ?? ''}
          options={['ssh', 'telnet']}
          empty="as the config says"
          change={(to) => set({ protocol: (to || undefined) as typeof how.protocol })}
        />
        <Pick
          label="Keeps"
          value={how.save ?? ''}
          options={['valid', 'all', 'none']}
          empty="what passes validation"
          change={(to) => set({ save: (to || undefined) as typeof how.save })}
        />
        <Several
          label="Credentials, and no others"
          options={(known.data?.items ?? []).map((c) => c.name)}
          value={how.credentials ?? []}
          change={(credentials) => set({ credentials })}
        />
      </Box>
    </Section>
  )
}

interface PickProps {
  label: string
  value: string
  options: string[]
  empty: string
  change: (to: string) => void
}

const Pick = ({ label, value, options, empty, change }: PickProps) => (
  <TextField select label={label} value={value} onChange={(e) => change(e.target.value)}>
    <MenuItem value="">{empty}</MenuItem>
    {options.map((o) => (
      <MenuItem key={o} value={o}>
        {o}
      </MenuItem>
    ))}
  </TextField>
)

interface SeveralProps {
  label: string
  options: readonly string[]
  value: string[]
  change: (values: string[]) => void
}

/** Several words, from those that there are or others. */
const Several = ({ label, options, value, change }: SeveralProps) => (
  <Autocomplete
    multiple
    freeSolo
    size="small"
    options={options}
    value={value}
    onChange={(_, to) => change(to)}
    renderInput={(params) => <TextField {...params} label={label} placeholder={value.length > 0 ? '' : 'all'} />}
  />
)

const fields = { display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)' }
