import Add from '@mui/icons-material/Add'
import Button from '@mui/material/Button'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../../api/session'
import { type Credential, credentialRows, credsQuery, lockVault, vaultQuery } from '../../api/vault'
import { useNewKey } from '../../ui/keys'
import { Stat, Stats } from '../../ui/Stat'
import { Empty } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { RowButton } from '../../ui/table/RowButton'
import { TablePage } from '../../ui/table/TablePage'
import { CredentialPanel } from './CredentialPanel'
import { FindPanel } from './FindPanel'
import { type Asks, VaultForm } from './VaultForms'

/** The vault: whether it is open, what is in it, and on how many devices each credential works. */
export default function VaultPage() {
  const vault = useQuery(vaultQuery)
  const creds = useQuery(credsQuery)
  const [asks, setAsks] = useState<Asks | null>(null)
  const [open, setOpen] = useState<Credential | 'new' | 'find' | null>(null)
  const queries = useQueryClient()
  const tell = useToasts()
  const mayEdit = useMay('admin')
  const mayFind = useMay('operator')
  const refresh = () => void queries.invalidateQueries()
  const works = new Map((creds.data?.credentials ?? []).map((c) => [c.name, c.works_on]))
  const v = vault.data
  const isOpen = v?.unlocked === true
  useNewKey('New credential', () => isOpen && mayEdit && setOpen('new'))
  return (
    <>
      <TablePage
        title="Vault and credentials"
        about="Accounts and their secrets, each sealed. A secret is never shown here."
        file="credentials"
        noun={['credential', 'credentials']}
        columns={columnsWith(works, mayEdit && isOpen ? setOpen : undefined)}
        query={credentialRows}
        keyOf={(c) => c.id}
        onOpen={mayEdit && isOpen ? setOpen : undefined}
        actions={
          v && (
            <>
              {!v.exists && mayEdit && (
                <Button variant="contained" onClick={() => setAsks('make')}>
                  Make the vault
                </Button>
              )}
              {v.exists && !isOpen && mayFind && (
                <Button variant="contained" onClick={() => setAsks('unlock')}>
                  Unlock
                </Button>
              )}
              {isOpen && mayFind && (
                <>
                  <Button variant="outlined" onClick={() => setOpen('find')} disabled={v.credentials === 0}>
                    Find what works…
                  </Button>
                  <Button variant="outlined" onClick={() => void lockVault().then(refresh, tell.failed)}>
                    Lock
                  </Button>
                </>
              )}
              {v.exists && mayEdit && v.credentials > 0 && (
                <Button variant="outlined" onClick={() => setAsks('export')}>
                  Sealed file…
                </Button>
              )}
              {v.exists && mayEdit && (
                <Button variant="outlined" onClick={() => setAsks('change')}>
                  Change password…
                </Button>
              )}
              {isOpen && mayEdit && (
                <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('new')}>
                  New credential
                </Button>
              )}
            </>
          )
        }
        above={
          <Stats>
            <Stat
              label="Vault"
              value={!v ? '…' : !v.exists ? 'none' : isOpen ? 'unlocked' : 'locked'}
              tone={isOpen ? 'ok' : 'warn'}
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
            {v?.exists
              ? 'Unlock it and put one in: a user name with a password or a key.'
              : 'Make it, with a password of its own. Unattended: VELOCITY_VAULT_PASS.'}
          </Empty>
        }
      />
      {asks && (
        <VaultForm
          asks={asks}
          close={() => setAsks(null)}
          done={() => {
            setAsks(null)
            refresh()
          }}
        />
      )}
      {open === 'find' && <FindPanel close={() => setOpen(null)} />}
      {open && open !== 'find' && (
        <CredentialPanel credential={open === 'new' ? null : open} close={() => setOpen(null)} />
      )}
    </>
  )
}

const of = columnsOf<Credential>()

const columnsWith = (works: Map<string, number>, open?: (c: Credential) => void): Column<Credential>[] => [
  of.text('name', 'Name', 170, {
    text: (c) => (c.is_default ? `${c.name} (default)` : c.name),
    cell: (c) => (
      <>
        {open ? <RowButton text={c.name} run={() => open(c)} /> : c.name}
        {c.is_default && ' (default)'}
      </>
    ),
  }),
  of.text('kind', 'Kind', 100),
  of.text('username', 'User name', 120),
  of.text('holds', 'Holds', 150),
  of.text('realm', 'Checked by', 110, { text: (c) => c.realm || 'not known' }),
  of.count('id', 'Works on', 80, { text: (c) => works.get(c.name) ?? 0 }),
  of.count('priority', 'Priority'),
  of.when('changed_at', 'Changed', 105),
  of.text('notes', 'Notes', 160, { grow: 2 }),
]
