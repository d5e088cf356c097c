import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { addToken, revokeToken, type Token, tokenRows } from '../../api/admin'
import type { Role } from '../../api/types'
import { useConfirm } from '../../ui/Confirm'
import { Once } from '../../ui/Once'
import { SidePanel } from '../../ui/SidePanel'
import { Empty } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { TablePage } from '../../ui/table/TablePage'
import { When } from '../../ui/When'
import { RoleField } from './UsersTable'

export function TokensTable({ above }: { above: ReactNode }) {
  const [isNew, setNew] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const queries = useQueryClient()
  const confirm = useConfirm()
  const tell = useToasts()
  const refresh = () => void queries.invalidateQueries({ queryKey: tokenRows.key })
  const revoke = async (token: Token) => {
    const preview = `Whoever uses it is refused from then on. This cannot be undone.`
    if (!(await confirm({ title: `Revoke the token ${token.name}?`, preview, yes: 'Revoke', danger: true }))) return
    await revokeToken(token.id)
    refresh()
  }
  return (
    <>
      <TablePage
        title="Tokens"
        about="By which programs ask. A token does no more than its owner may."
        file="tokens"
        noun={['token', 'tokens']}
        columns={columnsWith((t) => void revoke(t).catch(tell.failed))}
        query={tokenRows}
        keyOf={(t) => t.id}
        above={above}
        actions={
          <Button variant="contained" onClick={() => setNew(true)}>
            New token
          </Button>
        }
        empty={<Empty title="No tokens">Make one for Prometheus, a script, or another program.</Empty>}
      />
      {isNew && (
        <NewToken
          close={() => setNew(false)}
          made={(text) => {
            setNew(false)
            setSecret(text)
            refresh()
          }}
        />
      )}
      {secret && <Once title="The token" secret={secret} close={() => setSecret(null)} />}
    </>
  )
}

function NewToken({ close, made }: { close: () => void; made: (secret: string) => void }) {
  const tell = useToasts()
  const add = useMutation({
    mutationFn: (form: FormData) => {
      const day = String(form.get('until') ?? '')
      return addToken(String(form.get('name')), String(form.get('role')) as Role, day ? `${day}T00:00:00Z` : undefined)
    },
    onSuccess: ({ secret }) => made(secret ?? ''),
    onError: tell.failed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate(new FormData(event.currentTarget))
  }
  return (
    <SidePanel title="New token" close={close}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        <TextField name="name" label="What it is for" placeholder="prometheus" required autoFocus />
        <RoleField start="viewer" />
        <TextField
          name="until"
          label="Good until"
          type="date"
          slotProps={{ inputLabel: { shrink: true } }}
          helperText="Without end when empty"
        />
        <Button type="submit" variant="contained" loading={add.isPending}>
          Make
        </Button>
      </form>
    </SidePanel>
  )
}

const of = columnsOf<Token>()

const columnsWith = (revoke: (token: Token) => void): Column<Token>[] => [
  of.text('name', 'For', 160),
  of.text('user', 'Owner'),
  of.text('scope', 'Scope', 100),
  of.when('last_used_at', 'Last used'),
  of.text('expires_at', 'Good until', 120, {
    text: (t) => t.revoked_at ?? t.expires_at,
    cell: (t) => (t.revoked_at ? 'revoked' : t.expires_at ? <When at={t.expires_at} /> : 'without end'),
  }),
  of.text('id', 'Revoke', 90, {
    text: () => '',
    cell: (t) =>
      !t.revoked_at && (
        <Button color="error" aria-label={`Revoke ${t.name}`} onClick={() => revoke(t)} sx={{ p: 0 }}>
          Revoke
        </Button>
      ),
  }),
]
