import Button from '@mui/material/Button'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { addUser, editUser, resetPassword, type User, type UserEdit, userRows } from '../../api/admin'
import type { Role } from '../../api/types'
import { Once } from '../../ui/Once'
import { SidePanel } from '../../ui/SidePanel'
import { StateChip } from '../../ui/StateChip'
import { Empty } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { RowButton } from '../../ui/table/RowButton'
import { TablePage } from '../../ui/table/TablePage'
import { SiteRoles } from './SiteRoles'

export const ROLES = ['viewer', 'approver', 'operator', 'admin'] as const

export function UsersTable({ above }: { above: ReactNode }) {
  const [open, setOpen] = useState<User | 'new' | null>(null)
  const [told, tell] = useState<{ title: string; secret: string } | null>(null)
  return (
    <>
      <TablePage
        title="Users"
        about="Who may log in, and what they may do."
        file="users"
        noun={['user', 'users']}
        columns={columnsWith(setOpen)}
        query={userRows}
        keyOf={(u) => u.id}
        onOpen={setOpen}
        above={above}
        actions={
          <Button variant="contained" onClick={() => setOpen('new')}>
            New user
          </Button>
        }
        empty={<Empty title="No users" />}
      />
      {open === 'new' && <NewUser close={() => setOpen(null)} told={tell} />}
      {open && open !== 'new' && <EditUser user={open} close={() => setOpen(null)} told={tell} />}
      {told && <Once {...told} close={() => tell(null)} />}
    </>
  )
}

interface PanelProps {
  close: () => void
  told: (secret: { title: string; secret: string }) => void
}

function useSaved(close: () => void) {
  const queries = useQueryClient()
  return () => {
    void queries.invalidateQueries({ queryKey: userRows.key })
    close()
  }
}

function NewUser({ close, told }: PanelProps) {
  const saved = useSaved(close)
  const toasts = useToasts()
  const add = useMutation({
    mutationFn: (form: FormData) => addUser(String(form.get('name')), String(form.get('role')) as Role),
    onSuccess: ({ user, password }) => {
      saved()
      if (password) told({ title: `Password of ${user.name}, for the first log-in`, secret: password })
    },
    onError: toasts.failed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate(new FormData(event.currentTarget))
  }
  return (
    <SidePanel title="New user" close={close}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        <TextField name="name" label="Name" required autoFocus />
        <RoleField start="viewer" />
        <Button type="submit" variant="contained" loading={add.isPending}>
          Add
        </Button>
      </form>
    </SidePanel>
  )
}

function EditUser({ user, close, told }: PanelProps & { user: User }) {
  const saved = useSaved(close)
  const toasts = useToasts()
  const edit = useMutation({
    mutationFn: (change: UserEdit) => editUser(user, change),
    onSuccess: saved,
    onError: toasts.failed,
  })
  const reset = useMutation({
    mutationFn: () => resetPassword(user.name),
    onSuccess: ({ password }) => {
      saved()
      if (password) told({ title: `New password of ${user.name}`, secret: password })
    },
    onError: toasts.failed,
  })
  const disabled = user.disabled_at !== null
  return (
    <SidePanel title={user.name} close={close}>
      <RoleField start={user.role} change={(role) => edit.mutate({ role })} />
      <SiteRoles have={user.sites} saving={edit.isPending} save={(sites) => edit.mutate({ sites })} />
      <Button variant="outlined" loading={reset.isPending} onClick={() => reset.mutate()}>
        Make a new password
      </Button>
      <Button
        variant="outlined"
        color={disabled ? 'primary' : 'error'}
        onClick={() => edit.mutate({ disabled: !disabled })}
      >
        {disabled ? 'Let in again' : 'Keep out, with all sessions and tokens'}
      </Button>
    </SidePanel>
  )
}

export function RoleField({
  start,
  change,
  name = 'role',
}: {
  start: string
  change?: (role: Role) => void
  name?: string
}) {
  return (
    <TextField select name={name} label="Role" defaultValue={start} onChange={(e) => change?.(e.target.value as Role)}>
      {ROLES.map((role) => (
        <MenuItem key={role} value={role}>
          {role}
        </MenuItem>
      ))}
    </TextField>
  )
}

const of = columnsOf<User>()

const columnsWith = (open: (user: User) => void): Column<User>[] => [
  of.text('name', 'Name', 160, { cell: (u) => <RowButton text={u.name} run={() => open(u)} /> }),
  of.text('role', 'Role'),
  of.text('sites', 'At single sites', 200, { text: (u) => u.sites.map((s) => `${s.role} at ${s.name}`).join(', ') }),
  of.text('disabled_at', 'State', 190, {
    text: (u) => (u.disabled_at ? 'kept out' : u.must_change ? 'must set a password' : 'active'),
    cell: (u) => <StateChip state={u.disabled_at ? 'offline' : u.must_change ? 'pending' : 'active'} />,
  }),
  of.when('last_login_at', 'Last log-in', 120),
  of.when('created_at', 'Since', 120),
]
