import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, lazy, Suspense, useCallback, useState } from 'react'
import { ANY_SITE, useMay } from '../../api/session'
import { credentialRows } from '../../api/vault'
import { Page } from '../../ui/Page'
import { StateChip } from '../../ui/StateChip'
import { Empty, Loading } from '../../ui/States'
import { useUrlState } from '../../ui/urlState'
import type { Said } from './shell'

const Screen = lazy(() => import('./Screen'))

/** A shell on a device, in the browser, by a credential of the vault. Who had one is in the audit log. */
export default function TerminalPage() {
  const [{ device, credential }, set] = useUrlState()
  const [said, setSaid] = useState<Said | null>(null)
  const [turn, setTurn] = useState(0)
  const heard = useCallback((what: Said) => setSaid(what), [])
  const again = () => {
    setSaid(null)
    setTurn((n) => n + 1)
  }
  if (!useMay('operator', ANY_SITE))
    return (
      <Page title="Terminal">
        <Empty title="Only operators may open a terminal">Ask an administrator for that role.</Empty>
      </Page>
    )
  return (
    <Page
      title={device ? `Terminal on ${device}` : 'Terminal'}
      fill
      about="A session by a credential of the vault. That it was open is in the audit log; what is typed is not."
      actions={device && <StateChip state={!said ? 'connecting' : said.type} />}
    >
      <Connect
        key={`${device} ${credential}`}
        device={device}
        credential={credential}
        go={(to) => {
          set(to)
          again()
        }}
      />
      {said && said.type !== 'opened' && (
        <Alert
          severity={said.type === 'failed' ? 'error' : 'info'}
          action={<Button onClick={again}>Connect again</Button>}
        >
          {said.type === 'failed' ? `${said.message}${said.advice ? `; ${said.advice}` : ''}` : `Over: ${said.reason}`}
        </Alert>
      )}
      {said?.type === 'opened' && (
        <span role="status">
          {said.username} on {said.address}, by credential {said.credential}
        </span>
      )}
      {device ? (
        <Suspense fallback={<Loading />}>
          <Screen key={turn} device={device} credential={credential} said={heard} />
        </Suspense>
      ) : (
        <Empty title="Which device?">Name it above; the vault must be unlocked.</Empty>
      )}
    </Page>
  )
}

interface ConnectProps {
  device: string | undefined
  credential: string | undefined
  go: (to: { device: string; credential: string | undefined }) => void
}

function Connect({ device, credential = '', go }: ConnectProps) {
  const known = useQuery({
    queryKey: credentialRows.key,
    queryFn: ({ signal }) => credentialRows.page(undefined, 100, signal),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    go({ device: String(form.get('device')).trim(), credential: String(form.get('credential') ?? '') || undefined })
  }
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <TextField name="device" label="Device" defaultValue={device} required sx={{ width: 220 }} />
      <TextField select name="credential" label="Credential" defaultValue={credential} sx={{ width: 220 }}>
        <MenuItem value="">The one that works</MenuItem>
        {(known.data?.items ?? []).map((c) => (
          <MenuItem key={c.id} value={c.name}>
            {c.name}
          </MenuItem>
        ))}
      </TextField>
      <Button type="submit" variant="outlined">
        Connect
      </Button>
    </Box>
  )
}
