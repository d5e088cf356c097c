import Button from '@mui/material/Button'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { addObject, deleteObject, editObject, type Kept, undo } from '../../api/objects'
import { useConfirm } from '../../ui/Confirm'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import type { Field, Kind } from './kinds'

interface PanelProps {
  kind: Kind
  /** Absent for a new one. */
  record: Kept | null
  close: () => void
}

/** One record: its fields, and deleting it. What was done can be undone from the message that tells it. */
export function ObjectPanel({ kind, record, close }: PanelProps) {
  const start = Object.fromEntries(kind.fields.map((f) => [f.name, String(record?.[f.name] ?? '')]))
  const { register, handleSubmit, formState } = useForm({ defaultValues: start })
  const done = useDone(kind, close)
  const tell = useToasts()
  const save = useMutation({
    mutationFn: (values: Record<string, string>) => {
      const set = changed(values, start)
      return record ? editObject(kind.path, record, set) : addObject(kind.path, set)
    },
    onSuccess: ({ undo: id }) => done(record ? 'Saved' : `Added ${kind.one}`, id),
    onError: tell.failed,
  })
  const title = record ? String(record.name ?? record.model) : `New ${kind.one}`
  return (
    <SidePanel title={title} close={close}>
      <form onSubmit={handleSubmit((values) => save.mutate(values))} style={{ display: 'grid', gap: 12 }}>
        {kind.fields.map((field) => (
          <Input key={field.name} field={field} start={start[field.name] ?? ''} register={register(field.name)} />
        ))}
        <div style={{ display: 'flex', gap: 8 }}>
          <Button
            type="submit"
            variant="contained"
            loading={save.isPending}
            disabled={record !== null && !formState.isDirty}
          >
            Save
          </Button>
          {record && <Delete kind={kind} record={record} done={done} />}
        </div>
      </form>
    </SidePanel>
  )
}

function changed(values: Record<string, string>, start: Record<string, string>): Record<string, string | null> {
  const different = Object.entries(values).filter(([name, value]) => value !== start[name])
  return Object.fromEntries(different.map(([name, value]) => [name, value.trim() === '' ? null : value.trim()]))
}

function Input({ field, start, register }: { field: Field; start: string; register: object }) {
  const options = Array.isArray(field.kind) ? (field.kind as readonly string[]) : null
  return (
    <TextField
      {...register}
      label={field.label}
      helperText={field.hint}
      required={field.required}
      multiline={field.kind === 'long'}
      minRows={field.kind === 'long' ? 4 : undefined}
      select={options !== null}
      defaultValue={options ? start : undefined}
      fullWidth
    >
      {options?.map((word) => (
        <MenuItem key={word} value={word}>
          {word}
        </MenuItem>
      ))}
    </TextField>
  )
}

type Done = (text: string, undoId: number | null) => void

function useDone(kind: Kind, close: () => void): Done {
  const queries = useQueryClient()
  const tell = useToasts()
  const refresh = () => void queries.invalidateQueries({ queryKey: ['objects', kind.path] })
  return (text, id) => {
    refresh()
    close()
    const back = id === null ? undefined : { label: 'Undo', run: () => void undo(id).then(refresh, tell.failed) }
    tell.done(text, back)
  }
}

function Delete({ kind, record, done }: { kind: Kind; record: Kept; done: Done }) {
  const confirm = useConfirm()
  const tell = useToasts()
  const run = async () => {
    const plan = await deleteObject(kind.path, record.id, true)
    const [first] = plan.deletions
    const hangs = first?.dependents.filter((d) => d.count > 0) ?? []
    const preview =
      hangs.length === 0 ? (
        'Nothing hangs on it.'
      ) : (
        <ul>
          {hangs.map((d) => (
            <li key={d.what}>
              {d.count} {d.what}: {d.fate.replaceAll('_', ' ')}
            </li>
          ))}
        </ul>
      )
    if (!(await confirm({ title: `Delete ${first?.name}?`, preview, yes: 'Delete', danger: true }))) return
    const { written } = await deleteObject(kind.path, record.id, false)
    done(`Deleted ${first?.name}`, written.undo)
  }
  return (
    <Button color="error" onClick={() => void run().catch(tell.failed)}>
      Delete
    </Button>
  )
}
