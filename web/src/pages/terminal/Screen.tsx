import '@xterm/xterm/css/xterm.css'
import Box from '@mui/material/Box'
import { useTheme } from '@mui/material/styles'
import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import { useEffect, useRef } from 'react'
import { openTerminal } from '../../api/terminals'
import { MONO } from '../../theme/theme'
import { Problem } from '../../ui/Problem'
import { type Said, type Shell, shell } from './shell'

interface ScreenProps {
  device: string
  /** The one that the device took last when left out. */
  credential: string | undefined
  said: (said: Said) => void
}

/** A shell in the page. A new one is opened for other properties. */
export default function Screen({ device, credential, said }: ScreenProps) {
  const host = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const colours = useRef(theme.velocity)
  colours.current = theme.velocity
  useEffect(() => {
    if (!host.current) return
    const { paper, text, mark } = colours.current
    const terminal = new Terminal({
      fontFamily: MONO,
      fontSize: 13,
      cursorBlink: true,
      scrollback: 10_000,
      screenReaderMode: true,
      theme: { background: paper, foreground: text, cursor: text, cursorAccent: paper, selectionBackground: mark },
    })
    const fit = new FitAddon()
    terminal.loadAddon(fit)
    terminal.open(host.current)
    fit.fit()
    let open: Shell | undefined
    let isGone = false
    openTerminal({ device, credential, columns: Math.max(20, terminal.cols), rows: Math.max(5, terminal.rows) }).then(
      ({ ticket }) => {
        if (isGone) return
        open = shell(ticket, {
          output: (bytes) => terminal.write(bytes),
          said: (what) => {
            if (what.type === 'opened') terminal.focus()
            else terminal.options.disableStdin = true
            said(what)
          },
        })
      },
      (error: unknown) => said({ type: 'failed', class: 'refused', message: Problem.of(error).message }),
    )
    terminal.onData((typed) => open?.type(typed))
    terminal.onResize(({ cols, rows }) => open?.resize(cols, rows))
    const watch = new ResizeObserver(() => fit.fit())
    watch.observe(host.current)
    return () => {
      isGone = true
      watch.disconnect()
      open?.close()
      terminal.dispose()
    }
  }, [device, credential, said])
  return <Box ref={host} sx={{ flex: 1, minHeight: 260, p: 1, bgcolor: 'background.paper', overflow: 'hidden' }} />
}
