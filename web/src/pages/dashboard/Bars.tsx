import Box from '@mui/material/Box'
import { Link } from '@tanstack/react-router'
import type { Count } from '../../api/types'
import { grouped } from '../../ui/number'

const SHOWN = 10

/** Counts as bars, the largest first, each a link to what was counted. */
export function Bars({ counts, to }: { counts: Count[]; to: (name: string) => string }) {
  const sorted = counts.toSorted((a, b) => b.count - a.count)
  const most = sorted[0]?.count ?? 1
  const rest = sorted.slice(SHOWN).reduce((sum, c) => sum + c.count, 0)
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.5 }}>
      {sorted.slice(0, SHOWN).map((c) => (
        <Box
          component="li"
          key={c.name}
          sx={{ display: 'grid', gridTemplateColumns: '130px 1fr 48px', gap: 1, alignItems: 'center' }}
        >
          <Box sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            {c.name ? <Link to={to(c.name) as '/'}>{c.name}</Link> : 'not known'}
          </Box>
          <Box
            aria-hidden
            sx={{
              height: 10,
              borderRadius: 0.5,
              bgcolor: 'primary.main',
              width: `${(c.count * 100) / most}%`,
              opacity: 0.75,
            }}
          />
          <Box sx={{ textAlign: 'right' }}>{grouped(c.count)}</Box>
        </Box>
      ))}
      {rest > 0 && <li>and {grouped(rest)} more</li>}
    </Box>
  )
}
