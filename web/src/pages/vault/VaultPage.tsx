import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Credential, credentialRows, credsQuery, lockVault, unlockVault, vaultQuery } from '../../api/vault'
import { SidePanel } from '../../ui/SidePanel'
import { Stat, Stats } from '../../ui/Stat'
import { Empty } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { TablePage } from '../../ui/table/TablePage'
import { When } from '../../ui/When'

/** The vault: whether it is open, what is in it, and on how many devices each credential works. */
export default function VaultPage() {
  const vault = useQuery(vaultQuery)
  const creds = useQuery(credsQuery)
  const [asks, setAsks] = useState(false)
  const queries = useQueryClient()
  const tell = useToasts()
  const refresh = () => void queries.invalidateQueries({ queryKey: vaultQuery.queryKey })
  const works = new Map((creds.data?.credentials ?? []).map((c) => [c.name, c.works_on]))
  const v = vault.data
  return (
    <>
      <TablePage
        title="Vault and credentials"
        about="Accounts and their secrets, each sealed. A secret is never shown here."
        file="credentials"
        noun={['credential', 'credentials']}
        columns={columnsOf(works)}
        query={credentialRows}
        keyOf={(c) => c.id}
        actions={
          v?.exists &&
          (v.unlocked ? (
            <Button variant="outlined" onClick={() => void lockVault().then(refresh, tell.failed)}>
              Lock
            </Button>
          ) : (
            <Button variant="contained" onClick={() => setAsks(true)}>
              Unlock
            </Button>
          ))
        }
        above={
          <Stats>
            <Stat
              label="Vault"
              value={!v ? '…' : !v.exists ? 'none' : v.unlocked ? 'unlocked' : 'locked'}
              tone={v?.unlocked ? 'ok' : 'warn'}
            />
            <Stat
              label="Devices with a credential"
              value={creds.data ? `${Math.floor(creds.data.coverage_percent)} %` : '…'}
              to="/devices?credential=ok"
            />
            <Stat label="Works on" value={creds.data?.ok ?? '…'} tone="ok" to="/devices?credential=ok" />
            <Stat
              label="Refused by"
              value={creds.data?.failed ?? '…'}
              tone={creds.data?.failed ? 'bad' : 'plain'}
              to="/devices?credential=failed"
            />
            <Stat label="Untested" value={creds.data?.untested ?? '…'} to="/devices?credential=untested" />
          </Stats>
        }
        empty={
          <Empty title={v?.exists ? 'No credentials in the vault' : 'There is no vault yet'}>
            {v?.exists ? (
              <>
                Add one on the server: <code>velocity vault add NAME --user NAME</code>
              </>
            ) : (
              <>
                Make it on the server: <code>velocity vault init</code>
              </>
            )}
          </Empty>
        }
      />
      {asks && (
        <Unlock
          close={() => setAsks(false)}
          done={() => {
            setAsks(false)
            refresh()
          }}
        />
      )}
    </>
  )
}

function Unlock({ close, done }: { close: () => void; done: () => void }) {
  const tell = useToasts()
  const unlock = useMutation({
    mutationFn: (form: FormData) => unlockVault(String(form.get('password'))),
    onSuccess: done,
    onError: tell.failed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    unlock.mutate(new FormData(event.currentTarget))
  }
  return (
    <SidePanel title="Unlock the vault" close={close}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        <TextField
          name="password"
          type="password"
          label="Password of the vault"
          required
          autoFocus
          autoComplete="off"
        />
        <Button type="submit" variant="contained" loading={unlock.isPending}>
          Unlock
        </Button>
      </form>
    </SidePanel>
  )
}

const columnsOf = (works: Map<string, number>): Column<Credential>[] => [
  { id: 'name', head: 'Name', width: 150, text: (c) => (c.is_default ? `${c.name} (default)` : c.name) },
  { id: 'kind', head: 'Kind', width: 90, text: (c) => c.kind },
  { id: 'user', head: 'User name', width: 120, text: (c) => c.username },
  { id: 'holds', head: 'Holds', width: 150, text: (c) => c.holds },
  { id: 'realm', head: 'Checked by', width: 110, text: (c) => c.realm || 'not known' },
  { id: 'works', head: 'Works on', width: 80, text: (c) => works.get(c.name) ?? 0, align: 'right' },
  { id: 'priority', head: 'Priority', width: 75, text: (c) => c.priority, align: 'right' },
  { id: 'changed', head: 'Changed', width: 105, text: (c) => c.changed_at, cell: (c) => <When at={c.changed_at} /> },
  { id: 'notes', head: 'Notes', width: 160, grow: 2, text: (c) => c.notes },
]
