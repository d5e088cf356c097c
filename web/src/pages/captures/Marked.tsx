import Box from '@mui/material/Box'
import type { SearchHit } from '../../api/types'

/** A line with what matched in it, and the lines around. */
export function Marked({ hit }: { hit: SearchHit }) {
  return (
    <Box
      component="pre"
      tabIndex={0}
      sx={{ m: 0, px: 1, py: 0.5, overflow: 'auto', bgcolor: 'background.paper', fontSize: 12 }}
    >
      {hit.before.length > 0 && `${hit.before.join('\n')}\n`}
      {parts(hit.text, hit.matches).map((part) =>
        part.lit ? (
          <Box component="mark" key={part.at} sx={(t) => ({ bgcolor: t.velocity.mark, color: t.velocity.text })}>
            {part.text}
          </Box>
        ) : (
          <span key={part.at}>{part.text}</span>
        ),
      )}
      {hit.after.length > 0 && `\n${hit.after.join('\n')}`}
    </Box>
  )
}

interface Part {
  at: number
  text: string
  lit: boolean
}

/** Cuts a text where a match begins or ends. The places are bytes of UTF-8, as the server counts. */
export function parts(text: string, matches: { start: number; end: number }[]): Part[] {
  const bytes = new TextEncoder().encode(text)
  const read = (from: number, to: number) => new TextDecoder().decode(bytes.slice(from, to))
  const all: Part[] = []
  let at = 0
  for (const { start, end } of matches) {
    if (start > at) all.push({ at, text: read(at, start), lit: false })
    all.push({ at: start, text: read(start, end), lit: true })
    at = end
  }
  if (at < bytes.length) all.push({ at, text: read(at, bytes.length), lit: false })
  return all
}
