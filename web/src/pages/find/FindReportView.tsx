import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { routeQuery } from '../../api/find'
import type { Answer, FindReport, RouteView, Whereabouts } from '../../api/types'
import { Copyable } from '../../ui/Copy'
import { Section } from '../../ui/Fields'
import { Empty, Failure, Loading } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { DataTable } from '../../ui/table/DataTable'
import { When } from '../../ui/When'
import { ProofMark } from '../captures/ProofMark'
import { DeviceLink } from '../devices/columns'

/** What `find` has to say of a text: where the host is, all that bears the words, and the ways to it when it is an address. */
export function FindReportView({ report, text, at }: { report: FindReport; text: string; at?: string }) {
  const asked = useQuery({ ...routeQuery(report.address ?? '', at), enabled: report.address != null })
  const { data: routes = [], isLoading, error } = asked
  if (report.answers.length + report.whereabouts.length + routes.length === 0 && !isLoading && !error)
    return (
      <Empty title={`Nothing is known of ${text}`}>
        It was read as {report.read_as.join(', ') || 'a text'}. Collect ARP, MAC and LLDP tables to know more hosts, or
        look into what devices said with the search in captures.
      </Empty>
    )
  return (
    <>
      <Typography color="textSecondary" sx={{ fontSize: 12.5 }}>
        Read as {report.read_as.join(', ')}
      </Typography>
      {report.whereabouts.map((w) => (
        <Where key={`${w.mac} ${w.port?.device}`} where={w} />
      ))}
      {report.answers.length > 0 && (
        <Section title={`Found (${report.answers.length})`}>
          <DataTable
            short
            label="Found"
            columns={answerColumns}
            rows={report.answers}
            keyOf={(a) => `${a.kind} ${a.device} ${a.what} ${a.first_seen}`}
            empty={null}
          />
        </Section>
      )}
      {isLoading && <Loading what="Asking for the routes to it" />}
      {error && <Failure error={error} again={() => void asked.refetch()} />}
      {routes.length > 0 && !error && (
        <Section title={`Routes to it (${routes.length})`}>
          <DataTable
            short
            label="Routes"
            columns={routeColumns}
            rows={routes}
            keyOf={(r) => `${r.device} ${r.vrf} ${r.prefix} ${r.next_hop} ${r.interface}`}
            empty={null}
          />
        </Section>
      )}
    </>
  )
}

/** The verdict first; below it each step of the argument with its proof. */
function Where({ where }: { where: Whereabouts }) {
  const { port } = where
  return (
    <Section title={port ? `${port.device} ${port.interface}` : 'Where it is plugged in is not known'}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mb: 1 }}>
        <Copyable text={where.mac} />
        {where.vendor && <span>{where.vendor}</span>}
        {where.addresses.map((a) => (
          <Copyable key={a} text={a} />
        ))}
        {port?.vlan && <span>VLAN {port.vlan}</span>}
      </Box>
      <Typography sx={{ mb: 0.5 }}>{where.verdict}</Typography>
      <Box component="ol" sx={{ m: 0, pl: 2.5 }} aria-label="Steps of the argument">
        {where.steps.map((s) => (
          <li key={`${s.device} ${s.what}`}>
            <DeviceLink slug={s.device} />: {s.what} <ProofMark evidence={s.evidence} of={s.what} /> (
            <When at={s.last_seen} />)
          </li>
        ))}
      </Box>
    </Section>
  )
}

const answerColumns: Column<Answer>[] = [
  { id: 'kind', head: 'Kind', width: 95, text: (a) => a.kind },
  { id: 'device', head: 'Device', width: 130, text: (a) => a.device, cell: (a) => <DeviceLink slug={a.device} /> },
  {
    id: 'what',
    head: 'What',
    width: 320,
    grow: 4,
    text: (a) => a.what,
    cell: (a) => (
      <>
        {a.evidence && <ProofMark evidence={a.evidence} of={a.what} />} {a.what}
      </>
    ),
  },
  { id: 'why', head: 'Why', width: 170, grow: 2, text: (a) => a.why },
  { id: 'seen', head: 'Last seen', width: 100, text: (a) => a.last_seen, cell: (a) => <When at={a.last_seen} /> },
]

const routeColumns: Column<RouteView>[] = [
  { id: 'device', head: 'Device', width: 130, text: (r) => r.device, cell: (r) => <DeviceLink slug={r.device} /> },
  { id: 'vrf', head: 'VRF', width: 90, text: (r) => r.vrf },
  {
    id: 'prefix',
    head: 'Prefix',
    width: 170,
    text: (r) => r.prefix,
    mono: true,
    cell: (r) => (
      <>
        {r.prefix} <ProofMark evidence={r.evidence} of={`${r.prefix} on ${r.device}`} />
      </>
    ),
  },
  { id: 'protocol', head: 'Protocol', width: 90, text: (r) => r.protocol },
  { id: 'hop', head: 'Next hop', width: 130, text: (r) => r.next_hop, mono: true },
  { id: 'interface', head: 'Interface', width: 150, text: (r) => r.interface },
]
