import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Edited, editDevices } from '../../api/bulk'
import type { RecordEdit, Written } from '../../api/objects'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { DataTable } from '../../ui/table/DataTable'
import { columnsOf } from '../../ui/table/make'
import { FieldInput } from '../objects/FieldInput'
import { SHARED } from '../objects/kinds'
import { useWritten } from '../objects/ObjectPanel'

interface BulkProps {
  /** As the API selects devices. */
  select: string
  count: number
  close: () => void
  done: () => void
}

const STAYS = 'stays as it is'

/** What many devices are to become: first what would be written, row by row, then that and nothing else. */
export function BulkEdit({ select, count, close, done }: BulkProps) {
  const [values, setValues] = useState<Record<string, string>>({})
  const [tags, setTags] = useState({ add: '', remove: '' })
  const [preview, setPreview] = useState<Written | null>(null)
  const written = useWritten()
  const tell = useToasts()
  const edit: RecordEdit = {
    set: Object.fromEntries(Object.entries(values).filter(([, v]) => v !== '')),
    add_tags: words(tags.add),
    remove_tags: words(tags.remove),
    make: true,
  }
  const isNothing = Object.keys(edit.set ?? {}).length + words(tags.add).length + words(tags.remove).length === 0
  const look = useMutation({
    mutationFn: () => editDevices(select, { ...edit, dry_run: true }),
    onSuccess: setPreview,
    onError: tell.failed,
  })
  const apply = useMutation({
    mutationFn: () => editDevices(select, edit),
    onSuccess: ({ records, undo }) => {
      done()
      written(`Changed ${touched(records).length} devices`, undo)
    },
    onError: tell.failed,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    look.mutate()
  }
  const change = (name: string, value: string) => {
    setPreview(null)
    setValues((old) => ({ ...old, [name]: value }))
  }
  const tag = (word: 'add' | 'remove', label: string) => (
    <TextField
      label={label}
      helperText="Parted by commas"
      value={tags[word]}
      onChange={(e) => {
        setPreview(null)
        setTags((old) => ({ ...old, [word]: e.target.value }))
      }}
    />
  )
  return (
    <SidePanel title={`Edit ${count} ${count === 1 ? 'device' : 'devices'}`} close={close}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        {SHARED.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            change={(value) => change(field.name, value)}
            empty={STAYS}
          />
        ))}
        {tag('add', 'Add tags')}
        {tag('remove', 'Take away tags')}
        <Button
          type="submit"
          variant={preview ? 'outlined' : 'contained'}
          loading={look.isPending}
          disabled={isNothing}
        >
          Preview
        </Button>
      </form>
      {preview && (
        <>
          <Changes written={preview} />
          <Button
            variant="contained"
            loading={apply.isPending}
            disabled={touched(preview.records).length === 0}
            onClick={() => apply.mutate()}
          >
            Change {touched(preview.records).length} devices
          </Button>
        </>
      )}
    </SidePanel>
  )
}

const words = (text: string) =>
  text
    .split(',')
    .map((w) => w.trim())
    .filter(Boolean)

const touched = (records: Edited[]) => records.filter((r) => r.fields.length > 0)

/** What would be written, and what would be made for it. */
function Changes({ written }: { written: Written }) {
  const rows = touched(written.records)
  return (
    <>
      {written.made.length > 0 && <Alert severity="info">Would be made: {written.made.join(', ')}</Alert>}
      <DataTable
        short
        label="What would be changed"
        columns={columns}
        rows={rows}
        keyOf={(r) => r.id}
        empty="Nothing would change: they are like that already."
      />
    </>
  )
}

const of = columnsOf<Edited>()

const columns: Column<Edited>[] = [
  of.text('name', 'Device', 130),
  of.text('fields', 'Becomes', 260, {
    grow: 3,
    text: (r) => r.fields.map(([field, before, after]) => `${field}: ${before ?? '—'} → ${after ?? '—'}`).join('; '),
  }),
]
