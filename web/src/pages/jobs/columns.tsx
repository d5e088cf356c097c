import Chip from '@mui/material/Chip'
import type { Job } from '../../api/jobs'
import type { Schedule } from '../../api/schedules'
import { PlainLink } from '../../ui/PlainLink'
import { StateChip } from '../../ui/StateChip'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { When } from '../../ui/When'

export function JobLink({ slug, name = slug }: { slug: string; name?: string }) {
  return <PlainLink to={`/jobs/${encodeURIComponent(slug)}`}>{name}</PlainLink>
}

const of = columnsOf<Job>()

export const jobColumns = (when: ReadonlyMap<string, Schedule>): Column<Job>[] => [
  of.text('name', 'Name', 190, {
    grow: 2,
    cell: (j) => (
      <>
        <JobLink slug={j.slug} name={j.name} /> {j.favourite && <span title="A favourite">★</span>}
      </>
    ),
  }),
  of.text('what', 'Collects', 160, { grow: 2, text: collects }),
  of.count('devices', 'Devices'),
  of.text('slug', 'Schedule', 150, {
    text: (j) => when.get(j.slug)?.when ?? '',
    cell: (j) => when.get(j.slug)?.when ?? 'by hand',
  }),
  of.text('last_run', 'Last run', 105, {
    text: (j) => j.last_run?.started_at,
    cell: (j) =>
      j.last_run ? (
        <PlainLink to={`/executions/${j.last_run.id}`}>
          <When at={j.last_run.started_at} />
        </PlainLink>
      ) : (
        'never'
      ),
  }),
  of.text('id', 'Status', 110, {
    text: (j) => j.last_run?.state,
    cell: (j) => j.last_run && <StateChip state={j.last_run.state} />,
  }),
  of.text('tags', 'Tags', 130, {
    text: (j) => j.tags.map((t) => t.name).join(', '),
    cell: (j) => j.tags.map((t) => <Tag key={t.name} {...t} />),
  }),
  of.state('enabled', 'Enabled', 95, {
    text: (j) => (j.enabled ? 'yes' : 'no'),
    cell: (j) => (j.enabled ? 'yes' : <StateChip state="paused" />),
  }),
]

export const collects = ({ what }: Pick<Job, 'what'>) =>
  [...(what?.captures ?? []), ...(what?.commands ?? []).map((c) => c.output)].join(', ')

/** The colour is a frame: letters stay legible on every ground. */
const Tag = ({ name, color }: { name: string; color: string }) => (
  <Chip
    label={name}
    variant="outlined"
    sx={{ height: 20, mr: 0.5, fontSize: 12, borderLeft: `6px solid #${color}`, borderRadius: 1 }}
  />
)
