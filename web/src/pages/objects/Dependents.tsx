import type { Deleted } from '../../api/objects'

/** What goes with what is deleted. */
export function Dependents({ of }: { of: Deleted['deletions'] }) {
  const counts = new Map<string, { count: number; fate: string }>()
  for (const { what, count, fate } of of.flatMap((d) => d.dependents))
    counts.set(what, { count: (counts.get(what)?.count ?? 0) + count, fate })
  const hangs = [...counts].filter(([, { count }]) => count > 0)
  if (hangs.length === 0) return 'Nothing hangs on it.'
  return (
    <ul>
      {hangs.map(([what, { count, fate }]) => (
        <li key={what}>
          {count} {what}: {fate.replaceAll('_', ' ')}
        </li>
      ))}
    </ul>
  )
}
