import type { ReadText } from '../../api/templates'
import { csv } from '../../ui/csv'
import { said } from '../../ui/table/make'

/** One of the captures that are read together. */
export interface Source {
  id: number
  device: string
  platform: string
  command: string
  capture_type: string
}

/** A capture, and what its template read. */
export interface BatchRead {
  source: Source
  read: ReadText
}

/** All rows as one table: the device before each, a column for each field that any template has. */
export function tableOf(reads: BatchRead[]): string {
  const fields = [...new Set(reads.flatMap((r) => r.read.fields))]
  const rows = reads.flatMap(({ source, read }) =>
    read.rows.map((row) => [source.device, ...fields.map((f) => said(row[f]))]),
  )
  return csv(['device', ...fields], rows)
}

/** All of them with where they are from. */
export function jsonOf(reads: BatchRead[]): string {
  const told = reads.map(({ source, read }) => ({
    device: source.device,
    capture_type: source.capture_type,
    command: source.command,
    capture: source.id,
    template: read.template,
    confidence: read.confidence ?? null,
    lines: read.lines,
    unread: read.unread,
    problem: read.problem?.message ?? null,
    fields: read.fields,
    rows: read.rows,
  }))
  return JSON.stringify(told, null, 2)
}

/** Reads them, some at once, in their order. `tell` hears how many are done. */
export async function readAll(
  sources: Source[],
  read: (source: Source) => Promise<ReadText>,
  tell: (done: number) => void,
  atOnce = 4,
): Promise<BatchRead[]> {
  const reads: BatchRead[] = []
  let [next, done] = [0, 0]
  const one = async () => {
    for (let at = next++; at < sources.length; at = next++) {
      const source = sources[at] as Source
      reads[at] = { source, read: await read(source) }
      tell(++done)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, sources.length) }, one))
  return reads
}
