/** A version of a text, the oldest first. */
export interface Version {
  version: number
  /** When it was first seen. */
  at: string
  text: string
}

/** A line of the newest version, and the version that brought it. */
export interface Blamed {
  text: string
  version: number
  at: string
}

/** Who brought each line: versions are read from the oldest on, and a line keeps its version as long as it stays. */
export function blame(versions: Version[]): Blamed[] {
  let known: Blamed[] = []
  for (const { version, at, text } of versions) {
    const lines = text.replace(/\n$/, '').split('\n')
    const kept = same(
      known.map((l) => l.text),
      lines,
    )
    known = lines.map((line, n) => {
      const before = kept.get(n)
      const from = before === undefined ? undefined : known[before]
      return from ?? { text: line, version, at }
    })
  }
  return known
}

/** Cells of the table at most; two parts that differ more than that are taken as wholly new. */
const MOST = 4_000_000

/** For lines of `b` that were in `a`, in order: where in `a`. What is equal at both ends costs nothing. */
function same(a: string[], b: string[]): Map<number, number> {
  const kept = new Map<number, number>()
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) kept.set(start, start++)
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) kept.set(--endB, --endA)
  for (const [at, was] of longest(a.slice(start, endA), b.slice(start, endB))) kept.set(at + start, was + start)
  return kept
}

/** The longest common subsequence of two lists of lines, as places in `b` and `a`. */
function longest(a: string[], b: string[]): [number, number][] {
  const width = b.length + 1
  if ((a.length + 1) * width > MOST) return []
  const best = new Uint32Array((a.length + 1) * width)
  const at = (n: number) => best[n] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j
      best[here] = a[i] === b[j] ? at(here + width + 1) + 1 : Math.max(at(here + width), at(here + 1))
    }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const here = i * width + j
    if (a[i] === b[j]) pairs.push([j++, i++])
    else if (at(here + width) >= at(here + 1)) i++
    else j++
  }
  return pairs
}
