import type { ReactNode } from 'react'
import { useMay } from '../api/session'
import type { Role } from '../api/types'

/** What only some may do is not offered to the others. */
export function May({ as, children }: { as: Role; children: ReactNode }) {
  return useMay(as) ? children : null
}
