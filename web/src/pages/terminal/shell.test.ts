import { expect, test, vi } from 'vitest'
import { type Said, shell } from './shell'

/** A socket that a test holds both ends of. */
class Wire {
  static last: Wire
  readyState: number = WebSocket.OPEN
  sent: (string | Uint8Array)[] = []
  onopen?: () => void
  onmessage?: (message: { data: ArrayBuffer | string }) => void
  onclose?: () => void
  constructor(readonly url: string) {
    Wire.last = this
  }
  send = (data: string | Uint8Array) => this.sent.push(data)
  close = vi.fn()
}

function opened() {
  const said: Said[] = []
  const output: string[] = []
  const open = shell(
    'once',
    { output: (bytes) => output.push(new TextDecoder().decode(bytes)), said: (what) => said.push(what) },
    (url) => new Wire(url) as unknown as WebSocket,
  )
  Wire.last.onopen?.()
  return { open, said, output, wire: Wire.last }
}

test('the ticket is in the first frame and in no address', () => {
  const { wire } = opened()
  expect(wire.url).not.toContain('once')
  expect(wire.sent).toEqual(['{"type":"open","ticket":"once"}'])
})

test('what is typed are bytes, and a size that no server takes is made one that it takes', () => {
  const { open, wire } = opened()
  open.type('é\r')
  open.resize(7, 9999)
  expect(Array.from(wire.sent[1] as Uint8Array)).toEqual([0xc3, 0xa9, 13])
  expect(wire.sent[2]).toBe('{"type":"resize","columns":20,"rows":200}')
})

test('the device is heard byte for byte, and the end is told once, with its reason', () => {
  const { open, said, output, wire } = opened()
  wire.onmessage?.({ data: new TextEncoder().encode('leaf-1>').buffer as ArrayBuffer })
  wire.onmessage?.({ data: '{"type":"closed","reason":"the device hung up"}' })
  wire.onclose?.()
  open.type('lost')
  expect(output).toEqual(['leaf-1>'])
  expect(said).toEqual([{ type: 'closed', reason: 'the device hung up' }])
  expect(wire.sent).toHaveLength(1)
})

test('a line that breaks is told as what it is', () => {
  const { said, wire } = opened()
  wire.onclose?.()
  expect(said).toEqual([{ type: 'closed', reason: 'the connection to the server was lost' }])
})
