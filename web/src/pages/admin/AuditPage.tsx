import { useState } from 'react'
import { type Audit, auditRows } from '../../api/admin'
import { Fields } from '../../ui/Fields'
import { SidePanel } from '../../ui/SidePanel'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { columnsOf, typed } from '../../ui/table/make'
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
          typed('by', 'Who', 160),
          typed('action', 'Action', 180, 'device.edit'),
          typed('since', 'Since', 150, '24h ago'),
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

const of = columnsOf<Audit>()

const columns: Column<Audit>[] = [
  of.when('at', 'When'),
  of.text('actor', 'Who'),
  of.text('action', 'Action', 160),
  of.text('object', 'What', 260, { grow: 3 }),
  of.text('detail', 'Detail', 260, { grow: 3 }),
]
