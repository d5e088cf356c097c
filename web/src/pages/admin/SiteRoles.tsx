import Button from '@mui/material/Button'
import Chip from '@mui/material/Chip'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SiteRole, SiteRoleAsked } from '../../api/admin'
import { namesQuery } from '../../api/objects'
import { Choice } from '../../ui/Choice'

/** What somebody may be at one site alone: who sees may see all sites, and administrators are for all. */
const AT_A_SITE = ['operator', 'approver'] as const

interface SiteRolesProps {
  have: SiteRole[]
  saving: boolean
  save: (sites: SiteRoleAsked[]) => void
}

/** Roles at single sites, beside the one for all of them: all that there are to be. */
export function SiteRoles({ have, saving, save }: SiteRolesProps) {
  const start = have.map(({ site, role }): SiteRoleAsked => ({ site, role }))
  const [roles, setRoles] = useState(start)
  const [site, setSite] = useState('')
  const [role, setRole] = useState<(typeof AT_A_SITE)[number]>('operator')
  const sites = useQuery(namesQuery('sites'))
  const isSame = JSON.stringify(roles) === JSON.stringify(start)
  const add = () => {
    setRoles([...roles.filter((r) => r.site !== site || r.role !== role), { site, role }])
    setSite('')
  }
  return (
    <section aria-label="Roles at single sites" style={{ display: 'grid', gap: 8 }}>
      <Typography color="textSecondary" sx={{ fontSize: 12.5 }}>
        At single sites, beside the role for all of them.
      </Typography>
      {roles.length > 0 && (
        <div>
          {roles.map((r) => (
            <Chip
              key={`${r.site} ${r.role}`}
              label={`${r.role} at ${r.site}`}
              onDelete={() => setRoles(roles.filter((other) => other !== r))}
              sx={{ mr: 0.5, mb: 0.5 }}
            />
          ))}
        </div>
      )}
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
        <Choice label="Site" options={sites.data ?? []} value={site} change={setSite} width={170} />
        <TextField
          select
          label="Role there"
          value={role}
          onChange={(e) => setRole(e.target.value as typeof role)}
          sx={{ width: 120 }}
        >
          {AT_A_SITE.map((word) => (
            <MenuItem key={word} value={word}>
              {word}
            </MenuItem>
          ))}
        </TextField>
        <Button disabled={site === ''} onClick={add}>
          Add
        </Button>
      </div>
      <Button variant="contained" disabled={isSame} loading={saving} onClick={() => save(roles)}>
        Save roles at sites
      </Button>
    </section>
  )
}
