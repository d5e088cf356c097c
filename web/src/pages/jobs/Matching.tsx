import Alert from '@mui/material/Alert'
import Typography from '@mui/material/Typography'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type JobDraft, previewQuery } from '../../api/jobs'
import { Section } from '../../ui/Fields'
import { Failure, Loading } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { DataTable } from '../../ui/table/DataTable'
import { columnsOf } from '../../ui/table/make'
import { useResting } from '../../ui/useResting'
import { DeviceLink } from '../devices/columns'

/** The devices that a job would ask as it stands, and what is wrong with it, asked for when writing rests. */
export function Matching({ draft }: { draft: JobDraft }) {
  const resting = useResting({ ...draft, name: draft.name || 'new' })
  const preview = useQuery({ ...previewQuery(resting), placeholderData: keepPreviousData })
  const p = preview.data
  return (
    <Section title="Devices that match">
      {preview.error && <Failure error={preview.error} />}
      {!p && !preview.error && <Loading />}
      {p && (
        <>
          <Typography role="status" sx={{ mb: 1 }}>
            <strong>{p.matching}</strong> {p.matching === 1 ? 'device matches' : 'devices match'}
          </Typography>
          {p.problems.map((text) => (
            <Alert key={text} severity="warning" sx={{ mb: 1 }}>
              {text}
            </Alert>
          ))}
          <DataTable
            short
            label="Matching devices"
            columns={columns}
            rows={p.devices}
            keyOf={(d) => d.id}
            empty={null}
          />
        </>
      )}
    </Section>
  )
}

type Planned = NonNullable<
  Awaited<ReturnType<NonNullable<ReturnType<typeof previewQuery>['queryFn']>>>
>['devices'][number]

const of = columnsOf<Planned>()

const columns: Column<Planned>[] = [
  of.text('name', 'Device', 110, { cell: (d) => <DeviceLink slug={d.name} /> }),
  of.text('types', 'Is asked', 100, { grow: 2 }),
  of.text('unsupported', 'No command for', 115),
]
