import { StateChip } from '../StateChip'
import { When } from '../When'
import type { Column } from './columns'
import type { Filter, Option } from './Filters'

type More<Row> = Partial<Omit<Column<Row>, 'id' | 'head' | 'width'>>

/**
 * Columns of the usual sorts for rows of one kind, each of a field that the row has: `of.when('last_seen', 'Last seen')`.
 * What is unusual is said as the last argument.
 */
export function columnsOf<Row extends object>() {
  type Name = keyof Row & string
  const text = (name: Name, head: string, width = 120, more: More<Row> = {}): Column<Row> => ({
    id: name,
    head,
    width,
    text: (row) => said(row[name]),
    ...more,
  })
  return {
    text,
    mono: (name: Name, head: string, width = 130, more: More<Row> = {}) =>
      text(name, head, width, { mono: true, ...more }),
    count: (name: Name, head: string, width = 80, more: More<Row> = {}) =>
      text(name, head, width, { align: 'right', text: (row) => row[name] as number | null, ...more }),
    state: (name: Name, head: string, width = 110, more: More<Row> = {}) =>
      text(name, head, width, { cell: (row) => row[name] && <StateChip state={said(row[name])} />, ...more }),
    when: (name: Name, head: string, width = 110, more: More<Row> = {}) =>
      text(name, head, width, { cell: (row) => <When at={row[name] as string | null | undefined} />, ...more }),
    yes: (name: Name, head: string, width = 90, more: More<Row> = {}) =>
      text(name, head, width, { text: (row) => (row[name] ? 'yes' : ''), ...more }),
  }
}

/** A value as text: a list with commas, nothing as nothing. */
export function said(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(said).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export const typed = (word: string, label: string, width?: number, placeholder?: string): Filter => ({
  word,
  label,
  kind: 'text',
  width,
  placeholder,
})

export const choice = (word: string, label: string, options: readonly Option[], width?: number): Filter => ({
  word,
  label,
  kind: 'choice',
  options,
  width,
})
