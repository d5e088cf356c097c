import type { ReactNode } from 'react'
import { type At, useMay } from '../api/session'
import type { Role } from '../api/types'

/** What only some may do is not offered to the others. */
export function May({ as, at, children }: { as: Role; at?: At; children: ReactNode }) {
  return useMay(as, at) ? children : null
}
