import Box from '@mui/material/Box'
import Chip from '@mui/material/Chip'
import Tooltip from '@mui/material/Tooltip'
import type { ReactNode } from 'react'
import type { DeviceView } from '../../../api/types'
import { Copyable } from '../../../ui/Copy'
import { Fields, Section } from '../../../ui/Fields'
import { When } from '../../../ui/When'

export function Identity({ device: d }: { device: DeviceView }) {
  const said = (field: string, value: ReactNode) => {
    const by = d.said.find((s) => s.field === field)
    return by ? (
      <Tooltip title={`Set by ${by.actor}; discovery leaves it alone`}>
        <span>{value} ✎</span>
      </Tooltip>
    ) : (
      value
    )
  }
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' } }}>
      <Section title="Identity">
        <Fields
          rows={[
            ['Name', said('name', d.name)],
            ['Serial numbers', d.serials.map((s) => <Copyable key={s} text={s} />)],
            ['Chassis MAC', d.chassis_mac && <Copyable text={d.chassis_mac} />],
            ['Manufacturer', d.vendor],
            ['Model', said('model', d.model)],
            ['Platform', said('platform', d.platform)],
            ['OS version', d.os_version],
          ]}
        />
      </Section>
      <Section title="Place">
        <Fields
          rows={[
            ['Address', <Copyable key="a" text={d.port === 22 ? d.address : `${d.address}:${d.port}`} />],
            ['Other addresses', d.other_addresses.map((a) => <Copyable key={a} text={a} />)],
            ['Site', said('site', d.site)],
            ['Role', said('role', d.role)],
            ['Status', said('status', d.status)],
            ['Tags', d.record.tags?.map((t) => <Chip key={t} label={t} sx={{ mr: 0.5 }} />)],
            ['First seen', <When key="f" at={d.first_seen} absolute />],
            ['Last captured', <When key="l" at={d.last_captured} />],
          ]}
        />
      </Section>
    </Box>
  )
}
