/** Days that the slider may reach back. */
export const SPANS = [1, 7, 30, 90, 365]

const DAY = 86_400_000
const MINUTE = 60_000

/** The moment at a place of the slider, -100 to 0, in whole minutes of UTC; none for now. */
export function momentOf(place: number, days: number, now: number): string | undefined {
  if (place >= 0) return undefined
  const at = now + (place / 100) * days * DAY
  return new Date(Math.floor(at / MINUTE) * MINUTE).toISOString().replace(':00.000Z', ':00Z')
}

/** The place of a moment; what is older than the slider reaches is at its beginning. */
export function stepsOf(at: string | undefined, days: number, now: number): number {
  const then = at ? Date.parse(at) : Number.NaN
  if (Number.isNaN(then)) return 0
  return Math.round(Math.max(-100, Math.min(0, ((then - now) / (days * DAY)) * 100)))
}

export function marksOf(days: number): { value: number; label: string }[] {
  const word = (part: number) => (days === 1 ? `${24 * part} h` : `${days * part} d`)
  return [
    { value: -100, label: `${word(1)} ago` },
    { value: -50, label: word(0.5) },
    { value: 0, label: 'now' },
  ]
}
