import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorView } from '@codemirror/view'
import Box from '@mui/material/Box'
import { useTheme } from '@mui/material/styles'
import useMediaQuery from '@mui/material/useMediaQuery'
import { useEffect, useRef } from 'react'
import { readOnly } from './editor'

interface DiffProps {
  before: string
  after: string
  labels: [string, string]
}

const FOLD = { margin: 4, minSize: 8 }

/** Two texts side by side, one below the other where there is no room; what is the same in both is folded. Loaded when it is needed, for it brings an editor. */
export default function DiffView({ before, after, labels }: DiffProps) {
  const host = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const isNarrow = useMediaQuery(theme.breakpoints.down('md'))
  const [left, right] = labels
  useEffect(() => {
    if (!host.current) return
    const view = isNarrow
      ? new EditorView({
          doc: after,
          extensions: [
            readOnly(theme, `${left}; ${right}`),
            unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: FOLD, gutter: true }),
          ],
          parent: host.current,
        })
      : new MergeView({
          a: { doc: before, extensions: readOnly(theme, left) },
          b: { doc: after, extensions: readOnly(theme, right) },
          parent: host.current,
          collapseUnchanged: FOLD,
          gutter: true,
        })
    return () => view.destroy()
  }, [before, after, left, right, theme, isNarrow])
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'auto', flex: 1, minHeight: 240 }}>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', fontSize: 12.5, fontWeight: 650 }}>
        <Box sx={{ p: 0.75, pl: 1.5 }}>{left}</Box>
        <Box sx={{ p: 0.75, pl: 1.5 }}>{right}</Box>
      </Box>
      <div ref={host} />
    </Box>
  )
}
