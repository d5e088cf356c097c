/** What the server says of a terminal besides what the device says. */
export type Said =
  | { type: 'opened'; device: string; address: string; credential: string; username: string }
  | { type: 'closed'; reason: string }
  | { type: 'failed'; class: string; message: string; advice?: string | null }

interface Hearer {
  /** What the device says, to be drawn. */
  output: (bytes: Uint8Array) => void
  said: (said: Said) => void
}

export interface Shell {
  type: (text: string) => void
  resize: (columns: number, rows: number) => void
  close: () => void
}

const LOST: Said = { type: 'closed', reason: 'the connection to the server was lost' }

/**
 * A shell on a device over one WebSocket: bytes are what is typed and what is answered, texts are about the terminal. The
 * ticket goes in the first frame, so it is in no address and no log.
 */
export function shell(
  ticket: string,
  hear: Hearer,
  make: (url: string) => WebSocket = (url) => new WebSocket(url),
): Shell {
  const url = `${location.origin.replace(/^http/, 'ws')}/api/v1/terminals/socket`
  const socket = make(url)
  socket.binaryType = 'arraybuffer'
  let isOver = false
  const end = (said: Said) => {
    if (isOver) return
    isOver = true
    hear.said(said)
  }
  socket.onopen = () => socket.send(JSON.stringify({ type: 'open', ticket }))
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== 'string') return hear.output(new Uint8Array(data))
    const said = JSON.parse(data) as Said
    if (said.type === 'opened') hear.said(said)
    else end(said)
  }
  socket.onclose = () => end(LOST)
  const send = (data: string | Uint8Array<ArrayBuffer>) => {
    if (socket.readyState === WebSocket.OPEN && !isOver) socket.send(data)
  }
  return {
    type: (text) => send(new TextEncoder().encode(text)),
    resize: (columns, rows) =>
      send(JSON.stringify({ type: 'resize', columns: within(columns, 20, 500), rows: within(rows, 5, 200) })),
    close: () => {
      isOver = true
      socket.close()
    },
  }
}

const within = (n: number, least: number, most: number) => Math.max(least, Math.min(most, n))
