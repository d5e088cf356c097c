import Add from '@mui/icons-material/Add'
import Button from '@mui/material/Button'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { deleteDevices } from '../../api/bulk'
import { useChoices } from '../../api/dashboard'
import { deviceRows } from '../../api/devices'
import { ANY_SITE, useMay } from '../../api/session'
import type { Device } from '../../api/types'
import { useConfirm } from '../../ui/Confirm'
import { useNewKey } from '../../ui/keys'
import { Empty } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import type { RowKey } from '../../ui/table/DataTable'
import { choice, typed } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'
import { type UrlState, useUrlState } from '../../ui/urlState'
import { everything } from '../../ui/useRows'
import { Dependents } from '../objects/Dependents'
import { DeviceStats } from '../objects/InventoryStats'
import { DEVICE, DEVICE_STATUSES } from '../objects/kinds'
import { ObjectPanel, useWritten } from '../objects/ObjectPanel'
import { BulkEdit } from './BulkEdit'
import { deviceColumns } from './columns'

export default function DevicesPage() {
  const [filter, set] = useUrlState()
  const choices = useChoices()
  const navigate = useNavigate()
  const mayEdit = useMay('operator', ANY_SITE)
  const [picked, pick] = useState<Set<RowKey>>(new Set())
  const [open, setOpen] = useState<'new' | 'bulk' | null>(null)
  const query = useMemo(() => deviceRows(filter), [filter])
  const remove = useRemove(() => pick(new Set()))
  useNewKey('New device', () => mayEdit && setOpen('new'))
  const select = [...picked].join(',')
  return (
    <>
      <TablePage<Device>
        title="Devices"
        about="Every device that was found or entered."
        file="devices"
        noun={['device', 'devices']}
        columns={deviceColumns}
        query={query}
        keyOf={(d) => d.slug}
        onOpen={(d) => void navigate({ to: `/devices/${d.slug}` as '/' })}
        onDelete={mayEdit ? (d) => remove(d.slug, d.name) : undefined}
        picked={mayEdit ? picked : undefined}
        onPick={pick}
        actions={
          mayEdit && (
            <>
              {picked.size > 0 && (
                <>
                  <Button variant="outlined" onClick={() => setOpen('bulk')}>
                    Edit {picked.size}…
                  </Button>
                  <Button variant="outlined" color="error" onClick={() => remove(select, `${picked.size} devices`)}>
                    Delete {picked.size}…
                  </Button>
                </>
              )}
              <PickAll query={query} pick={pick} />
              <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('new')}>
                New device
              </Button>
            </>
          )
        }
        above={<DeviceStats />}
        filters={[
          typed('q', 'Name, address, serial'),
          choice('site', 'Site', choices.sites),
          choice('role', 'Role', choices.roles),
          choice('platform', 'Platform', choices.platforms),
          choice('status', 'Status', DEVICE_STATUSES),
          choice('credential', 'Credential', ['ok', 'failed', 'untested']),
        ]}
        empty={
          <NoDevices
            filter={filter}
            clear={() => set(Object.fromEntries(Object.keys(filter).map((k) => [k, undefined])))}
          />
        }
      />
      {open === 'new' && <ObjectPanel kind={DEVICE} record={null} close={() => setOpen(null)} />}
      {open === 'bulk' && (
        <BulkEdit
          select={select}
          count={picked.size}
          close={() => setOpen(null)}
          done={() => {
            setOpen(null)
            pick(new Set())
          }}
        />
      )}
    </>
  )
}

/** All devices of the view, also those that are not loaded yet. */
function PickAll(props: { query: ReturnType<typeof deviceRows>; pick: (picked: Set<RowKey>) => void }) {
  const [busy, setBusy] = useState(false)
  const tell = useToasts()
  const run = async () => {
    setBusy(true)
    await everything(props.query.page).then((rows) => props.pick(new Set(rows.map((d) => d.slug))), tell.failed)
    setBusy(false)
  }
  return (
    <Button variant="outlined" loading={busy} onClick={() => void run()}>
      Pick all
    </Button>
  )
}

function useRemove(done: () => void) {
  const confirm = useConfirm()
  const tell = useToasts()
  const written = useWritten()
  const queries = useQueryClient()
  const run = async (select: string, what: string) => {
    const plan = await deleteDevices(select, true)
    const preview = <Dependents of={plan.deletions} />
    if (!(await confirm({ title: `Delete ${what}?`, preview, yes: 'Delete', danger: true }))) return
    const { written: w } = await deleteDevices(select, false)
    done()
    await queries.invalidateQueries({ queryKey: ['devices'] })
    written(`Deleted ${what}`, w.undo)
  }
  return (select: string, what: string) => void run(select, what).catch(tell.failed)
}

function NoDevices({ filter, clear }: { filter: UrlState; clear: () => void }) {
  const filtered = Object.entries(filter).some(([word, value]) => word !== 'sort' && value)
  if (filtered)
    return (
      <Empty title="No device is like that" action={<Button onClick={clear}>Show all devices</Button>}>
        Widen the filters, or look whether the name is spelled as the device spells it.
      </Empty>
    )
  return (
    <Empty
      title="No devices yet"
      action={
        <Button variant="contained" component={Link} to="/discover">
          Discover the network
        </Button>
      }
    >
      Give one address and an account: the network is found from there.
    </Empty>
  )
}
