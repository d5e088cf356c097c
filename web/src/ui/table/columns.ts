import type { ReactNode } from 'react'

/** A column of a table: what is shown, what an export holds, and by which word the server sorts. */
export interface Column<Row> {
  id: string
  head: string
  /** Pixels at least; the column grows by `grow` parts of what is left (1 unless said). */
  width: number
  grow?: number
  /** What the server calls this order; absent when it cannot sort by it. */
  sort?: string
  text: (row: Row) => string | number | null | undefined
  /** What is shown; `text` unless said. */
  cell?: (row: Row) => ReactNode
  align?: 'right'
  mono?: boolean
}

/** `name` or `-name`: the word of the server and its direction. */
export type Order = string | undefined

export const isBy = (order: Order, word: string | undefined) => word !== undefined && order?.replace(/^-/, '') === word

/** Up, then down, then as the server likes it. */
export function turned(order: Order, word: string): Order {
  if (!isBy(order, word)) return word
  return order === word ? `-${word}` : undefined
}
