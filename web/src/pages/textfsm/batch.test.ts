import { readText } from '@mock/data'
import { expect, test } from 'vitest'
import { jsonOf, readAll, type Source, tableOf } from './batch'

const source = (id: number, device: string): Source => ({
  id,
  device,
  platform: 'cisco_ios',
  command: 'show ip arp',
  capture_type: 'arp',
})

const read = (fields: string[], ...rows: Record<string, unknown>[]) =>
  readText({ fields, rows, row_lines: rows.map((_, n) => [n + 1, n + 1]) })

test('rows of several templates are one table, with a column for each field of any', () => {
  const reads = [
    { source: source(1, 'a'), read: read(['IP', 'MAC'], { IP: '10.0.0.1', MAC: 'x' }) },
    { source: source(2, 'b'), read: read(['IP', 'VLANS'], { IP: '10.0.0.2', VLANS: ['1', '2'] }) },
  ]
  expect(tableOf(reads).trim().split('\r\n')).toEqual(['device,IP,MAC,VLANS', 'a,10.0.0.1,x,', 'b,10.0.0.2,,"1, 2"'])
  expect(JSON.parse(jsonOf(reads))[1]).toMatchObject({ device: 'b', capture: 2, rows: [{ IP: '10.0.0.2' }] })
})

test('they come in their order, whichever was read first, and never more than so many at once', async () => {
  const sources = Array.from({ length: 9 }, (_, n) => source(n, `d${n}`))
  const told: number[] = []
  let [going, most] = [0, 0]
  const slow = async (s: Source) => {
    most = Math.max(most, ++going)
    // The first ones take the most turns.
    for (let n = 0; n < 9 - s.id; n++) await Promise.resolve()
    going--
    return read(['ID'], { ID: String(s.id) })
  }
  const reads = await readAll(sources, slow, (n) => told.push(n), 3)
  expect(reads.map((r) => r.source.id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(most).toBe(3)
})
