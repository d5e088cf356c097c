import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { type BlamedLine, blameQuery } from '../../api/captures'
import { Failure, Loading } from '../../ui/States'
import { When } from '../../ui/When'

const HEIGHT = 20

/** Each line of the newest version with the version that brought it. */
export function Blame({ device, type }: { device: string; type: string }) {
  const blame = useQuery(blameQuery(device, type))
  if (blame.error) return <Failure error={blame.error} again={() => void blame.refetch()} />
  if (!blame.data) return <Loading what="Reading the versions" />
  return (
    <>
      {blame.data.is_cut && (
        <Alert severity="info">There are older versions that were not looked at: some lines may be older.</Alert>
      )}
      <Lines lines={blame.data.lines} />
    </>
  )
}

function Lines({ lines }: { lines: BlamedLine[] }) {
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
          const line = lines[index] as BlamedLine
          const isFirst = lines[index - 1]?.capture !== line.capture
          return (
            <Box key={index} sx={row} style={{ transform: `translateY(${start}px)` }}>
              <span>
                {isFirst && (
                  <>
                    v{line.version} · <When at={line.since} />
                  </>
                )}
              </span>
              <span>{index + 1}</span>
              <code>{line.line}</code>
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
