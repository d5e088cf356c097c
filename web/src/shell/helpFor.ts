/** Which part of the user guide speaks of a page, by the beginning of its path; the longest that fits. */
const PARTS: Record<string, string> = {
  '/': 'begin',
  '/devices': 'the-inventory-by-hand',
  '/inventory': 'the-inventory-by-hand',
  '/notes': 'the-inventory-by-hand',
  '/changes': 'changes-and-time',
  '/configs': 'changes-and-time',
  '/topology': 'changes-and-time',
  '/find': 'changes-and-time',
  '/facts': 'changes-and-time',
  '/discover': 'begin',
  '/collect': 'runs',
  '/executions': 'runs',
  '/jobs': 'jobs',
  '/batches': 'batches',
  '/schedules': 'a-service-that-runs-for-years',
  '/vault': 'the-vault',
  '/terminal': 'getting-in',
  '/outputs': 'loading-again-and-from-files',
  '/captures': 'loading-again-and-from-files',
  '/search': 'loading-again-and-from-files',
  '/textfsm': 'templates',
  '/coverage': 'coverage',
  '/os-versions': 'coverage',
  '/crypto': 'host-keys',
  '/settings': 'configyaml',
  '/notifications': 'telling-persons',
  '/job-runs': 'batches',
  '/undo': 'the-inventory-by-hand',
  '/users': 'the-server',
  '/audit': 'logs',
  '/about': 'when-something-is-amiss',
}

export function helpFor(path: string): string {
  const fits = Object.keys(PARTS).filter((p) => path === p || path.startsWith(p === '/' ? '/?' : `${p}/`))
  const best = fits.toSorted((a, b) => b.length - a.length)[0]
  return `/help/operating${best ? `#${PARTS[best]}` : ''}`
}

export const HELP_PARTS = Object.values(PARTS)
