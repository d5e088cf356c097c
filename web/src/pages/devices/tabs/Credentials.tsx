import Box from '@mui/material/Box'
import type { DeviceCredential, DeviceView } from '../../../api/types'
import { Fields, Section } from '../../../ui/Fields'
import { Empty } from '../../../ui/States'
import type { Column } from '../../../ui/table/columns'
import { DataTable } from '../../../ui/table/DataTable'
import { When } from '../../../ui/When'

export function Credentials({ device: d }: { device: DeviceView }) {
  return (
    <>
      <DataTable
        short
        label="Credentials"
        columns={columns}
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

const accounts = (d: DeviceView) =>
  d.accesses.length > 0
    ? `Accounts that worked: ${d.accesses.map((a) => a.username).join(', ')}.`
    : 'Add a credential to the vault, then find out which devices take it.'

const columns: Column<DeviceCredential>[] = [
  { id: 'name', head: 'Credential', width: 160, text: (c) => c.credential },
  { id: 'preferred', head: 'Preferred', width: 90, text: (c) => (c.is_preferred ? 'yes' : '') },
  {
    id: 'ok',
    head: 'Last success',
    width: 120,
    text: (c) => c.last_success_at,
    cell: (c) => <When at={c.last_success_at} />,
  },
  {
    id: 'no',
    head: 'Last refusal',
    width: 120,
    text: (c) => c.last_failure_at,
    cell: (c) => <When at={c.last_failure_at} />,
  },
  { id: 'count', head: 'Refusals', width: 90, text: (c) => c.failure_count, align: 'right' },
]
