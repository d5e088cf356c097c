import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, highlightSpecialChars, lineNumbers } from '@codemirror/view'
import type { Theme } from '@mui/material/styles'
import { MONO } from '../theme/theme'

/** A read-only view of a text that takes the colours of the theme. */
export function readOnly(theme: Theme, label: string): Extension[] {
  const p = theme.velocity
  return [
    lineNumbers(),
    highlightSpecialChars(),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.theme(
      {
        '&': { backgroundColor: p.paper, color: p.text, fontSize: '12.5px', height: '100%' },
        '.cm-scroller': { fontFamily: MONO, overflow: 'auto' },
        '.cm-gutters': { backgroundColor: p.paper, color: p.quiet, border: 'none' },
        '.cm-content': { caretColor: p.primary },
        '.cm-searchMatch': { backgroundColor: p.mark, outline: 'none' },
        '.cm-searchMatch-selected': { outline: `1px solid ${p.warn}` },
        '.cm-lit': { backgroundColor: p.mark },
        '.cm-panels': { backgroundColor: p.raised, color: p.text },
        '.cm-textfield, .cm-button': {
          backgroundColor: p.paper,
          color: p.text,
          borderColor: p.line,
          backgroundImage: 'none',
        },
        '.cm-panel.cm-search label': { color: p.text },
        '.cm-collapsedLines': { background: p.raised, color: p.quiet },
        '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: "' … '" },
        '&.cm-merge-b .cm-changedLine': { backgroundColor: p.added },
        '&.cm-merge-a .cm-changedLine': { backgroundColor: p.removed },
        '&.cm-merge-b .cm-changedText, &.cm-merge-a .cm-changedText': {
          background: 'none',
          textDecoration: 'underline',
        },
      },
      { dark: p.mode === 'dark' },
    ),
  ]
}
