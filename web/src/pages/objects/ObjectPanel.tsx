import Button from '@mui/material/Button'
import Chip from '@mui/material/Chip'
import Typography from '@mui/material/Typography'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { addObject, deleteObject, editObject, undo } from '../../api/objects'
import { useConfirm } from '../../ui/Confirm'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { Dependents } from './Dependents'
import { FieldInput } from './FieldInput'
import type { Kind } from './kinds'

interface PanelProps {
  kind: Kind
  /** Absent for a new one. */
  record: ({ id: number; version: number } & Record<string, unknown>) | null
  /** Fields of which a person said what they are, so that discovery leaves them alone. */
  said?: string[]
  close: () => void
  deleted?: () => void
  /** What else can be done with it. */
  more?: ReactNode
}

/** One record: its fields, and deleting it. What was done can be undone from the message that tells it. */
export function ObjectPanel({ kind, record, said = [], close, deleted, more }: PanelProps) {
  const start = Object.fromEntries(kind.fields.map((f) => [f.name, String(record?.[f.name] ?? '')]))
  const { control, handleSubmit, formState } = useForm({ defaultValues: start })
  const [release, setRelease] = useState<string[]>([])
  const done = useDone(close)
  const tell = useToasts()
  const save = useMutation({
    mutationFn: (values: Record<string, string>) => {
      const set = changed(values, start)
      // Only devices name others that need not be there, and are spoken of by discovery too.
      const edit = kind.path === 'devices' ? { set, release, make: true } : { set }
      return record ? editObject(kind.path, record, edit) : addObject(kind.path, edit)
    },
    onSuccess: ({ undo: id, made = [] }) =>
      done(`${record ? 'Saved' : `Added ${kind.one}`}${made.length > 0 ? `; made ${made.join(', ')}` : ''}`, id),
    onError: tell.failed,
  })
  const title = record ? String(record.name ?? record.model) : `New ${kind.one}`
  const isNothing = record !== null && !formState.isDirty && release.length === 0
  return (
    <SidePanel title={title} close={close}>
      <form onSubmit={handleSubmit((values) => save.mutate(values))} style={{ display: 'grid', gap: 12 }}>
        {kind.fields.map((field) => (
          <Controller
            key={field.name}
            name={field.name}
            control={control}
            render={({ field: { value, onChange } }) => <FieldInput field={field} value={value} change={onChange} />}
          />
        ))}
        {said.length > 0 && <Said fields={said} release={release} change={setRelease} />}
        <div style={{ display: 'flex', gap: 8 }}>
          <Button type="submit" variant="contained" loading={save.isPending} disabled={isNothing}>
            Save
          </Button>
          {record && more}
          {record && (
            <Delete
              kind={kind}
              id={record.id}
              done={(text, id) => {
                done(text, id)
                deleted?.()
              }}
            />
          )}
        </div>
      </form>
    </SidePanel>
  )
}

function changed(values: Record<string, string>, start: Record<string, string>): Record<string, string | null> {
  const different = Object.entries(values).filter(([name, value]) => value !== start[name])
  return Object.fromEntries(different.map(([name, value]) => [name, value.trim() === '' ? null : value.trim()]))
}

function Said(props: { fields: string[]; release: string[]; change: (release: string[]) => void }) {
  const { fields, release, change } = props
  return (
    <div>
      <Typography color="textSecondary" sx={{ fontSize: 12.5 }}>
        Said by a person; discovery leaves these alone. Take one away to let discovery say it again.
      </Typography>
      {fields
        .filter((f) => !release.includes(f))
        .map((f) => (
          <Chip key={f} label={f} onDelete={() => change([...release, f])} sx={{ mr: 0.5, mt: 0.5 }} />
        ))}
    </div>
  )
}

type Done = (text: string, undoId: number | null | undefined) => void

function useDone(close: () => void): Done {
  const written = useWritten()
  return (text, id) => {
    close()
    written(text, id)
  }
}

/** Says what was written, with the way back, and asks for everything anew. */
export function useWritten(): Done {
  const queries = useQueryClient()
  const tell = useToasts()
  const refresh = () => void queries.invalidateQueries()
  return (text, id) => {
    refresh()
    const back = id == null ? undefined : { label: 'Undo', run: () => void undo(id).then(refresh, tell.failed) }
    tell.done(text, back)
  }
}

function Delete({ kind, id, done }: { kind: Kind; id: number; done: Done }) {
  const confirm = useConfirm()
  const tell = useToasts()
  const run = async () => {
    const plan = await deleteObject(kind.path, id, true)
    const [first] = plan.deletions
    const preview = <Dependents of={plan.deletions} />
    if (!(await confirm({ title: `Delete ${first?.name}?`, preview, yes: 'Delete', danger: true }))) return
    const { written } = await deleteObject(kind.path, id, false)
    done(`Deleted ${first?.name}`, written.undo)
  }
  return (
    <Button color="error" onClick={() => void run().catch(tell.failed)}>
      Delete…
    </Button>
  )
}
