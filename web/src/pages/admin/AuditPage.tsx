import { useState } from 'react'
import { type Audit, auditRows } from '../../api/admin'
import { Fields } from '../../ui/Fields'
import { SidePanel } from '../../ui/SidePanel'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { When } from '../../ui/When'

export default function AuditPage() {
  const [filter] = useUrlState()
  const [open, setOpen] = useState<Audit | null>(null)
  return (
    <>
      <TablePage
        title="Audit"
        about="Who did what, with before and after. Open a row for its detail."
        file="audit"
        noun={['entry', 'entries']}
        columns={columns}
        query={auditRows(filter)}
        keyOf={(a) => a.id}
        onOpen={setOpen}
        filters={[
          { word: 'by', label: 'Who', kind: 'text', width: 160 },
          { word: 'action', label: 'Action', kind: 'text', placeholder: 'device.edit', width: 180 },
          { word: 'since', label: 'Since', kind: 'text', placeholder: '24h ago', width: 150 },
        ]}
        empty={<Empty title="Nothing like that was done" />}
      />
      {open && (
        <SidePanel title={open.action} close={() => setOpen(null)}>
          <Fields
            rows={[
              ['When', <When key="w" at={open.at} absolute />],
              ['Who', open.actor],
              ['What', open.object],
            ]}
          />
          <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{JSON.stringify(open.detail, null, 2)}</pre>
        </SidePanel>
      )}
    </>
  )
}

const columns: Column<Audit>[] = [
  { id: 'at', head: 'When', width: 110, text: (a) => a.at, cell: (a) => <When at={a.at} /> },
  { id: 'actor', head: 'Who', width: 120, text: (a) => a.actor },
  { id: 'action', head: 'Action', width: 160, text: (a) => a.action },
  { id: 'object', head: 'What', width: 260, grow: 3, text: (a) => a.object },
  { id: 'detail', head: 'Detail', width: 260, grow: 3, text: (a) => JSON.stringify(a.detail) },
]
