import Add from '@mui/icons-material/Add'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { type NoteView, noteRows } from '../../api/notes'
import { ANY_SITE, useMay } from '../../api/session'
import { useNewKey } from '../../ui/keys'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { columnsOf, typed } from '../../ui/table/make'
import { RowButton } from '../../ui/table/RowButton'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { DeviceLink } from '../devices/columns'
import { NotePanel } from './NotePanel'

/** What people wrote, of devices, of sites, and at large. */
export default function NotesPage() {
  const [filter] = useUrlState()
  const mayWrite = useMay('operator', ANY_SITE)
  const [open, setOpen] = useState<NoteView | 'new' | null>(null)
  useNewKey('New note', () => mayWrite && setOpen('new'))
  const on = { device: filter.device, site: filter.site }
  return (
    <>
      <TablePage
        title="Notes"
        about="What people wrote of devices and sites, newest first."
        file="notes"
        noun={['note', 'notes']}
        columns={columnsWith(setOpen)}
        query={noteRows(filter)}
        keyOf={(n) => n.id}
        onOpen={setOpen}
        filters={[typed('q', 'Words'), typed('device', 'Device', 160), typed('site', 'Site', 120)]}
        actions={
          mayWrite && (
            <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('new')}>
              New note
            </Button>
          )
        }
        empty={<Empty title="No notes">Write down what the devices cannot say: why it is so, and whom to ask.</Empty>}
      />
      {open && <NotePanel note={open === 'new' ? null : open} on={on} close={() => setOpen(null)} />}
    </>
  )
}

const of = columnsOf<NoteView>()

const columnsWith = (open: (note: NoteView) => void): Column<NoteView>[] => [
  of.text('title', 'Title', 220, { grow: 2, cell: (n) => <RowButton text={n.title} run={() => open(n)} /> }),
  of.text('device', 'On', 150, {
    text: (n) => n.device ?? n.site,
    cell: (n) => (n.device ? <DeviceLink slug={n.device} /> : n.site),
  }),
  of.text('links', 'Speaks of', 160, { text: (n) => n.links.map((l) => l.device ?? l.text).join(', ') }),
  of.text('body', 'Text', 300, { grow: 3 }),
  of.text('changed_by', 'By', 100),
  of.when('changed_at', 'Changed'),
]
