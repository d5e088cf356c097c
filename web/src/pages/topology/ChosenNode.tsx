import Box from '@mui/material/Box'
import { Fields } from '../../ui/Fields'
import { SidePanel } from '../../ui/SidePanel'
import { DeviceLink } from '../devices/columns'
import type { NetworkMap } from './graph'

/** A node of the map: what it is, and by which ports it is connected to what. */
export function ChosenNode({ map, id, close }: { map: NetworkMap; id: string; close: () => void }) {
  const node = map.nodes.find((n) => n.id === id)
  if (!node) return null
  const links = map.links
    .filter((l) => l.a === id || l.b === id)
    .map((l) =>
      l.a === id
        ? { key: l.id, port: l.aPort, far: l.b, farPort: l.bPort }
        : { key: l.id, port: l.bPort, far: l.a, farPort: l.aPort },
    )
  return (
    <SidePanel title={node.label} close={close}>
      <Fields
        rows={[
          ['Device', node.guessed ? 'not visited' : <DeviceLink key="d" slug={node.id} />],
          ['Site', node.site],
          ['Role', node.role],
          ['Platform', node.platform],
        ]}
      />
      <Box component="ul" aria-label="Links" sx={{ m: 0, pl: 2, overflowWrap: 'anywhere' }}>
        {links.map((l) => (
          <li key={l.key}>
            {l.port} → {l.far} {l.farPort}
          </li>
        ))}
      </Box>
    </SidePanel>
  )
}
