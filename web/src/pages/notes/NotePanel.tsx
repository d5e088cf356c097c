import Button from '@mui/material/Button'
import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import TextField from '@mui/material/TextField'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { addNote, deleteNote, editNote } from '../../api/notes'
import type { Note } from '../../api/types'
import { useConfirm } from '../../ui/Confirm'
import { Markdown } from '../../ui/Markdown'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { useWritten } from '../objects/ObjectPanel'

interface PanelProps {
  /** Absent for a new one. */
  note: Note | null
  /** What a new one is on. */
  on?: { device?: string; site?: string }
  close: () => void
}

/** A note as it is written and as it will be read. */
export function NotePanel({ note, on = {}, close }: PanelProps) {
  const [title, setTitle] = useState(note?.title ?? '')
  const [body, setBody] = useState(note?.body ?? '')
  const [tab, setTab] = useState<'write' | 'read'>('write')
  const written = useWritten()
  const tell = useToasts()
  const confirm = useConfirm()
  const done = (text: string, undo?: number | null) => {
    close()
    written(text, undo)
  }
  const save = useMutation({
    mutationFn: () => (note ? editNote(note, { title, body }) : addNote({ ...on, title: title || null, body })),
    onSuccess: ({ undo }) => done('Note saved', undo),
    onError: tell.failed,
  })
  const remove = async (of: Note) => {
    const preview = 'It can be undone from the message that follows.'
    if (!(await confirm({ title: `Delete the note ${of.title}?`, preview, yes: 'Delete', danger: true }))) return
    done('Note deleted', (await deleteNote(of.id)).undo)
  }
  return (
    <SidePanel title={note ? 'Edit the note' : 'New note'} close={close}>
      <Tabs value={tab} onChange={(_, to) => setTab(to)} aria-label="Write or read">
        <Tab value="write" label="Write" />
        <Tab value="read" label="As it is read" disabled={body === ''} />
      </Tabs>
      {tab === 'read' ? (
        <Markdown text={body} />
      ) : (
        <>
          <TextField
            label="Title"
            value={title}
            onChange={(e) => setTitle(e.target.value)}
            helperText="The first line when left out"
          />
          <TextField
            label="Note"
            value={body}
            onChange={(e) => setBody(e.target.value)}
            helperText="Markdown; [[leaf-1]] links to a device"
            required
            multiline
            minRows={10}
          />
        </>
      )}
      <div style={{ display: 'flex', gap: 8 }}>
        <Button
          variant="contained"
          loading={save.isPending}
          disabled={body.trim() === ''}
          onClick={() => save.mutate()}
        >
          Save
        </Button>
        {note && (
          <Button color="error" onClick={() => void remove(note).catch(tell.failed)}>
            Delete…
          </Button>
        )}
      </div>
    </SidePanel>
  )
}
