import { openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { type Range, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap } from '@codemirror/view'
import Box from '@mui/material/Box'
import { useTheme } from '@mui/material/styles'
import { useEffect, useRef } from 'react'
import { readOnly } from './editor'

interface CodeProps {
  text: string
  label: string
  /** Lines to mark and to scroll to, counted from one. */
  lit?: { first: number; last: number }
  /** Opens with the find panel. */
  find?: boolean
}

/** A text with line numbers, find (Ctrl+F, F3, Shift+F3) and marked lines. */
export default function CodeViewer({ text, label, lit, find = false }: CodeProps) {
  const host = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const first = lit?.first
  const last = lit?.last
  useEffect(() => {
    if (!host.current) return
    const extensions = [...readOnly(theme, label), search({ top: true }), keymap.of(searchKeymap), marks]
    const view = new EditorView({ doc: text, extensions, parent: host.current })
    if (first !== undefined) mark(view, first, last ?? first)
    if (find) openSearchPanel(view)
    return () => view.destroy()
  }, [text, label, theme, first, last, find])
  return (
    <Box
      ref={host}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, flex: 1, minHeight: 240, overflow: 'hidden' }}
    />
  )
}

const light = StateEffect.define<Range<Decoration>[]>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (set, tr) => tr.effects.find((e) => e.is(light))?.value.reduce((s, r) => s.update({ add: [r] }), set) ?? set,
  provide: (field) => EditorView.decorations.from(field),
})

function mark(view: EditorView, first: number, last: number) {
  const { doc } = view.state
  const lines = []
  for (let n = Math.max(1, first); n <= Math.min(last, doc.lines); n++)
    lines.push(Decoration.line({ class: 'cm-lit' }).range(doc.line(n).from))
  const start = lines[0]
  if (!start) return
  view.dispatch({ effects: [light.of(lines), EditorView.scrollIntoView(start.from, { y: 'center' })] })
}
