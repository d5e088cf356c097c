import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined'
import Box from '@mui/material/Box'
import IconButton from '@mui/material/IconButton'
import Popover from '@mui/material/Popover'
import Typography from '@mui/material/Typography'
import { type ReactNode, useState } from 'react'
import { Failure, Loading } from './States'

/** The lines of a capture that say what is claimed. */
export interface Proof {
  /** Which capture, of which device, when. */
  source: ReactNode
  template?: string | null
  first: number
  lines: string[]
}

/** The mark of a value with evidence: one click shows the lines that prove it. */
export function Evidence({ of, load }: { of: string; load: () => Promise<Proof[]> }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [proofs, setProofs] = useState<Proof[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const open = (target: HTMLElement) => {
    setAnchor(target)
    setError(null)
    load().then(setProofs, setError)
  }
  return (
    <>
      <IconButton
        aria-label={`Evidence of ${of}`}
        title="Show the lines that prove it"
        onClick={(e) => open(e.currentTarget)}
        sx={SMALL}
      >
        <FactCheckOutlined sx={ICON} />
      </IconButton>
      {anchor && (
        <Popover
          open
          anchorEl={anchor}
          onClose={() => setAnchor(null)}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
          slotProps={{ paper: { role: 'dialog', 'aria-label': `Evidence of ${of}`, sx: { maxWidth: 760 } } }}
        >
          <Box sx={{ p: 1.5 }}>
            {error ? <Failure error={error} /> : proofs ? <Proofs proofs={proofs} /> : <Loading />}
          </Box>
        </Popover>
      )}
    </>
  )
}

const SMALL = { p: 0.5 }
const ICON = { fontSize: 15 }

export function Proofs({ proofs }: { proofs: Proof[] }) {
  if (proofs.length === 0) return <Typography>Nothing proves it: it was entered by hand.</Typography>
  return proofs.map((proof) => (
    <Box key={`${proof.first} ${proof.lines[0]}`} sx={{ mb: 1 }}>
      <Typography sx={{ fontSize: 12.5 }} color="textSecondary" component="div">
        {proof.source}
        {proof.template && <> · read by {proof.template}</>}
      </Typography>
      <NumberedLines first={proof.first} lines={proof.lines} />
    </Box>
  ))
}

export function NumberedLines({ first, lines }: { first: number; lines: string[] }) {
  return (
    <Box
      component="pre"
      tabIndex={0}
      sx={{ m: 0, p: 1, overflow: 'auto', bgcolor: 'background.default', fontSize: 12 }}
    >
      {lines.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the number of a line is what it is
        <div key={first + at}>
          <Box component="span" sx={{ color: 'text.secondary', userSelect: 'none', mr: 1.5 }}>
            {String(first + at).padStart(4)}
          </Box>
          {text}
        </div>
      ))}
    </Box>
  )
}
