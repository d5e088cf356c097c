import Button from '@mui/material/Button'
import { useState } from 'react'
import { useMay } from '../../../api/session'
import type { DeviceView, Note } from '../../../api/types'
import { Section } from '../../../ui/Fields'
import { Markdown } from '../../../ui/Markdown'
import { Empty } from '../../../ui/States'
import { When } from '../../../ui/When'
import { NotePanel } from '../../notes/NotePanel'

/** Notes on the device, and notes elsewhere that speak of it. */
export function Notes({ device }: { device: DeviceView }) {
  const mayWrite = useMay('operator', device.site)
  const [open, setOpen] = useState<Note | 'new' | null>(null)
  const all = [...device.notes, ...device.mentions]
  const add = mayWrite && (
    <Button variant="contained" onClick={() => setOpen('new')} sx={{ alignSelf: 'start' }}>
      New note
    </Button>
  )
  return (
    <>
      {all.length > 0 && add}
      {all.length === 0 && (
        <Empty title="No notes" action={add}>
          Write down what it cannot say itself. [[{device.slug}]] in a note elsewhere links here.
        </Empty>
      )}
      {all.map((note) => (
        <Section
          key={note.id}
          title={note.title}
          actions={
            mayWrite && (
              <Button onClick={() => setOpen(note)} aria-label={`Edit the note ${note.title}`}>
                Edit
              </Button>
            )
          }
        >
          <Markdown text={note.body} />
          <small>
            {note.changed_by}, <When at={note.changed_at} />
          </small>
        </Section>
      ))}
      {open && (
        <NotePanel note={open === 'new' ? null : open} on={{ device: device.slug }} close={() => setOpen(null)} />
      )}
    </>
  )
}
