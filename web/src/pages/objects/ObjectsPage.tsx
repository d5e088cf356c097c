import Add from '@mui/icons-material/Add'
import Button from '@mui/material/Button'
import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Kept, objectRows } from '../../api/objects'
import { useMay } from '../../api/session'
import { useNewKey } from '../../ui/keys'
import { StateChip } from '../../ui/StateChip'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { typed } from '../../ui/table/make'
import { RowButton } from '../../ui/table/RowButton'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'
import { RecordStats } from './InventoryStats'
import { KINDS, type Kind } from './kinds'
import { ObjectPanel } from './ObjectPanel'

export default function ObjectsPage() {
  const { kind: path = 'sites' } = useParams({ strict: false }) as { kind?: string }
  const kind = KINDS.find((k) => k.path === path) ?? (KINDS[0] as Kind)
  return <OneKind key={kind.path} kind={kind} above={<Others kind={kind} />} />
}

/** All records of one kind. */
export function OneKind({ kind, above, more }: { kind: Kind; above: ReactNode; more?: (row: Kept) => ReactNode }) {
  const [filter] = useUrlState()
  const [open, setOpen] = useState<Kept | 'new' | null>(null)
  const mayEdit = useMay(kind.as ?? 'operator')
  useNewKey(`New ${kind.one}`, () => mayEdit && setOpen('new'))
  return (
    <>
      <TablePage
        title={kind.title}
        about={kind.about}
        file={kind.path}
        noun={[kind.one, kind.title.toLowerCase()]}
        columns={columnsOf(kind, setOpen)}
        query={objectRows(kind.path, filter)}
        keyOf={(row) => row.id}
        onOpen={setOpen}
        filters={[typed('q', 'Name')]}
        actions={
          mayEdit && (
            <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('new')}>
              New {kind.one}
            </Button>
          )
        }
        above={above}
        empty={
          <Empty title={`No ${kind.title.toLowerCase()} like that`}>
            {kind.empty ?? 'Discovery makes them as it finds devices.'}
          </Empty>
        }
      />
      {open && mayEdit && (
        <ObjectPanel
          kind={kind}
          record={open === 'new' ? null : open}
          close={() => setOpen(null)}
          more={open !== 'new' && more?.(open)}
        />
      )}
    </>
  )
}

const Others = ({ kind }: { kind: Kind }) => (
  <>
    <RecordStats kinds={KINDS} />
    <Tabs value={kind.path} variant="scrollable" aria-label="Kinds" component="nav">
      {KINDS.map((k) => (
        <Tab key={k.path} value={k.path} label={k.title} component={Link} to={`/inventory/${k.path}`} />
      ))}
    </Tabs>
  </>
)

const DEVICES: Column<Kept> = { id: 'devices', head: 'Devices', width: 80, text: (row) => row.devices, align: 'right' }

function columnsOf(kind: Kind, open: (row: Kept) => void): Column<Kept>[] {
  const shown = kind.fields.filter((f) => f.width)
  return [
    ...shown.map((field, at): Column<Kept> => {
      const text = (row: Kept) =>
        row[field.name] === null || row[field.name] === undefined ? '' : String(row[field.name])
      return {
        id: field.name,
        head: field.label,
        width: field.width ?? 100,
        text,
        cell: (row) => {
          if (at === 0) return <RowButton text={text(row)} run={() => open(row)} />
          if (field.name === 'status') return text(row) && <StateChip state={text(row)} />
          if (field.kind === 'color' && text(row)) return <Swatch hex={text(row)} />
          return text(row)
        },
      }
    }),
    ...(kind.isOfDevices === false ? [] : [DEVICES]),
  ]
}

const Swatch = ({ hex }: { hex: string }) => (
  <>
    <span
      aria-hidden
      style={{ background: `#${hex}`, display: 'inline-block', width: 12, height: 12, borderRadius: 3, marginRight: 6 }}
    />
    {hex}
  </>
)
