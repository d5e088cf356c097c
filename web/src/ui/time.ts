/** `2 h ago` of a moment, as read at `now` (milliseconds). */
export function ago(moment: string, now: number): string {
  const seconds = Math.round((now - Date.parse(moment)) / 1000)
  if (Number.isNaN(seconds)) return moment
  const [size, unit] = scale(Math.abs(seconds))
  const count = Math.floor(Math.abs(seconds) / size)
  if (count === 0) return 'now'
  return seconds < 0 ? `in ${count} ${unit}` : `${count} ${unit} ago`
}

function scale(seconds: number): [number, string] {
  if (seconds < 60) return [1, 's']
  if (seconds < 3600) return [60, 'min']
  if (seconds < 86_400) return [3600, 'h']
  return [86_400, 'd']
}

/** `1 h 2 min 5 s` of milliseconds. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const s = Math.round(ms / 1000)
  const parts = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60]
  const words = parts.map((n, at) => (n === 0 ? '' : `${n} ${['h', 'min', 's'][at]}`))
  return words.filter(Boolean).join(' ')
}

/** `2026-11-21 01:15:33` in UTC. */
export const utc = (moment: string) => new Date(moment).toISOString().slice(0, 19).replace('T', ' ')

/** The same in the zone of this browser. */
export function local(moment: string): string {
  const d = new Date(moment)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
  return `${day} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`
}
