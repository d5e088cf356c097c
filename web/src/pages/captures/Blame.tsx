import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { textsQuery } from '../../api/captures'
import type { CaptureView } from '../../api/types'
import { Failure, Loading } from '../../ui/States'
import { When } from '../../ui/When'
import { type Blamed, blame } from './blame'

/** Versions that are read; what is older is of the oldest of them. */
const MOST = 30
const HEIGHT = 20

/** Each line of the newest version with the version that brought it. */
export function Blame({ versions }: { versions: CaptureView[] }) {
  const read = useMemo(() => versions.slice(0, MOST).toReversed(), [versions])
  const texts = useQuery(textsQuery(read.map((v) => v.id)))
  const lines = useMemo(
    () =>
      texts.data &&
      blame(read.map((v, n) => ({ version: v.version ?? 0, at: v.first_seen, text: texts.data[n]?.text ?? '' }))),
    [texts.data, read],
  )
  if (texts.error) return <Failure error={texts.error} again={() => void texts.refetch()} />
  if (!lines) return <Loading what="Reading the versions" />
  return (
    <>
      {versions.length > MOST && (
        <Typography color="textSecondary">
          The last {MOST} of {versions.length} versions; a line of the oldest may be older.
        </Typography>
      )}
      <Lines lines={lines} />
    </>
  )
}

function Lines({ lines }: { lines: Blamed[] }) {
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => HEIGHT,
    overscan: 30,
    initialRect: { width: 1000, height: 700 },
  })
  return (
    <Box ref={frame} tabIndex={0} role="region" aria-label="Lines with their versions" className="mono" sx={box}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index] as Blamed
          const isFirst = lines[index - 1]?.version !== line.version
          return (
            <Box key={index} sx={row} style={{ transform: `translateY(${start}px)` }}>
              <span>
                {isFirst && (
                  <>
                    v{line.version} · <When at={line.at} />
                  </>
                )}
              </span>
              <span>{index + 1}</span>
              <code>{line.text}</code>
            </Box>
          )
        })}
      </div>
    </Box>
  )
}

const box = {
  flex: 1,
  minHeight: 240,
  overflow: 'auto',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
  fontSize: 12.5,
}
const row = {
  position: 'absolute',
  top: 0,
  left: 0,
  minWidth: '100%',
  height: HEIGHT,
  display: 'grid',
  gridTemplateColumns: '150px 52px max-content',
  whiteSpace: 'pre',
  '& > :first-of-type': { color: 'text.secondary', pl: 1.5 },
  '& > :nth-of-type(2)': { color: 'text.secondary', textAlign: 'right', pr: 1.5, userSelect: 'none' },
}
