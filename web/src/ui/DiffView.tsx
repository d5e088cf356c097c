import { MergeView } from '@codemirror/merge'
import Box from '@mui/material/Box'
import { useTheme } from '@mui/material/styles'
import { useEffect, useRef } from 'react'
import { readOnly } from './editor'

interface DiffProps {
  before: string
  after: string
  labels: [string, string]
}

/** Two texts side by side; what is the same in both is folded. Loaded when it is needed, for it brings an editor. */
export default function DiffView({ before, after, labels }: DiffProps) {
  const host = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const [left, right] = labels
  useEffect(() => {
    if (!host.current) return
    const view = new MergeView({
      a: { doc: before, extensions: readOnly(theme, left) },
      b: { doc: after, extensions: readOnly(theme, right) },
      parent: host.current,
      collapseUnchanged: { margin: 4, minSize: 8 },
      gutter: true,
    })
    return () => view.destroy()
  }, [before, after, left, right, theme])
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
