import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Tooltip from '@mui/material/Tooltip'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMay } from '../../../api/session'
import type { DeviceCredential, DeviceView } from '../../../api/types'
import { testCredentials, vaultQuery } from '../../../api/vault'
import { Fields, Section } from '../../../ui/Fields'
import { Empty } from '../../../ui/States'
import { useToasts } from '../../../ui/Toasts'
import type { Column } from '../../../ui/table/columns'
import { columnsOf } from '../../../ui/table/make'
import { TableBlock } from '../../../ui/table/TableBlock'

export function Credentials({ device: d }: { device: DeviceView }) {
  return (
    <>
      <TableBlock
        short
        label="Credentials"
        file={`credentials-${d.slug}`}
        columns={columns}
        actions={<TestButton device={d} />}
        rows={d.credentials}
        keyOf={(c) => c.credential}
        empty={<Empty title="No credential of the vault was tried on it">{accounts(d)}</Empty>}
      />
      {d.crypto && (
        <Section title="How it is spoken to">
          <Fields
            rows={[
              ['Suite', d.crypto.suite],
              ['Key exchange', d.crypto.kex],
              ['Host key', [d.crypto.key_type, d.crypto.key_bits].filter(Boolean).join(' ')],
              [
                'Fingerprint',
                <Box key="f" component="span" className="mono">
                  {d.crypto.fingerprint}
                </Box>,
              ],
              ['Cipher', d.crypto.cipher],
              ['To look at', d.crypto.findings.join('; ')],
            ]}
          />
        </Section>
      )}
    </>
  )
}

/** Tries what the unlocked vault holds on this one device, the likeliest first. */
function TestButton({ device }: { device: DeviceView }) {
  const vault = useQuery(vaultQuery)
  const queries = useQueryClient()
  const tell = useToasts()
  const mayTry = useMay('operator', device.site)
  const test = useMutation({
    mutationFn: () => testCredentials(device.slug),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['device'] })
      tell.done('Tested; the table says what worked')
    },
    onError: tell.failed,
  })
  if (!mayTry) return null
  const isLocked = vault.data?.unlocked !== true
  return (
    <Tooltip title={isLocked ? 'Unlock the vault first' : 'Try the credentials of the vault on this device'}>
      <span>
        <Button variant="outlined" disabled={isLocked} loading={test.isPending} onClick={() => test.mutate()}>
          Test credentials
        </Button>
      </span>
    </Tooltip>
  )
}

const accounts = (d: DeviceView) =>
  d.accesses.length > 0
    ? `Accounts that worked: ${d.accesses.map((a) => a.username).join(', ')}.`
    : 'Add a credential to the vault, then find out which devices take it.'

const of = columnsOf<DeviceCredential>()

const columns: Column<DeviceCredential>[] = [
  of.text('credential', 'Credential', 160),
  of.yes('is_preferred', 'Preferred'),
  of.when('last_success_at', 'Last success', 120),
  of.when('last_failure_at', 'Last refusal', 120),
  of.count('failure_count', 'Refusals', 90),
]
