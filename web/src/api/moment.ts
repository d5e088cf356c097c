/** Milliseconds of `2h`, `30 min`, `7d`. */
const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/**
 * A moment for the server of what a person typed: `2h ago`, `2026-11-20`, `2026-11-20 02:13` in UTC. What is no moment goes
 * on as it is, so that the server says what is wrong with it.
 */
export function moment(said: string | undefined, now = Date.now()): string | undefined {
  if (!said || said === 'now') return undefined
  if (said === 'yesterday') return iso(now - 86_400_000)
  const [, count, unit] = /^(\d+)\s*(s|m|h|d|w)[a-z]*(?:\s+ago)?$/.exec(said) ?? []
  if (count && unit) return iso(now - Number(count) * (UNITS[unit] ?? 0))
  const plain = /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?$/.test(said)
  return plain ? iso(Date.parse(`${said.replace(' ', 'T')}${said.length > 10 ? '' : 'T00:00'}Z`)) : said
}

const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z')
