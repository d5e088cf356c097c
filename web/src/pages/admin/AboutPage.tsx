import Box from '@mui/material/Box'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { health } from '../../api/admin'
import { figuresQuery } from '../../api/dashboard'
import { type Finding, findingRows } from '../../api/system'
import { Fields, Section } from '../../ui/Fields'
import { Page } from '../../ui/Page'
import { StateChip } from '../../ui/StateChip'
import { Empty, Failure } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { AskedBlock } from '../../ui/table/TableBlock'

/** What runs here, and whether it does its work. */
export default function AboutPage() {
  const state = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => health(signal), refetchInterval: 15_000 })
  const figures = useQuery(figuresQuery)
  return (
    <Page title="About and health">
      {state.error && <Failure error={state.error} again={() => void state.refetch()} />}
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' } }}>
        <Section title="This server">
          <Fields
            rows={[
              ['Velocity', state.data?.version],
              ['Server', state.data && <StateChip key="s" state={state.data.status} />],
              ['Database', state.data && <StateChip key="d" state={state.data.database} />],
              ['Devices', figures.data?.devices],
              ['Sites', figures.data?.sites],
              ['Log-ins that devices refused', figures.data?.device_login_failures],
              ['Log-ins that this server refused', figures.data?.server_login_failures],
            ]}
          />
        </Section>
        <Section title="This browser">
          <Fields rows={[['Calls itself', navigator.userAgent]]} />
        </Section>
        <Section title="More">
          <ul style={{ lineHeight: 2 }}>
            <li>
              <Link to={'/help' as '/'}>Help: the documents of this version</Link>
            </li>
            <li>
              <a href="/api/openapi.json">The API in OpenAPI 3.1</a>
            </li>
            <li>Licence: Apache-2.0</li>
          </ul>
        </Section>
      </Box>
      <Section title="What was looked at">
        <AskedBlock
          short
          label="What was looked at"
          file="health"
          columns={columns}
          query={findingRows}
          keyOf={(f) => `${f.thing} ${f.seen}`}
          empty={<Empty title="Nothing is amiss" />}
        />
      </Section>
    </Page>
  )
}

const of = columnsOf<Finding>()

const columns: Column<Finding>[] = [
  of.text('thing', 'Thing', 120),
  of.state('health', 'Health', 100),
  of.text('seen', 'What was seen', 300, { grow: 3 }),
  of.text('advice', 'What to do', 300, { grow: 3 }),
]
