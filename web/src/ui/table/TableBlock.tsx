import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { grouped } from '../number'
import { Failure } from '../States'
import { type RowsQuery, useRows } from '../useRows'
import type { Column } from './columns'
import { DataTable, type RowKey } from './DataTable'
import { ExportButton } from './ExportButton'
import { type Filter, Filters } from './Filters'

interface BlockProps<Row> {
  label: string
  /** Name of an exported file. */
  file: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => RowKey
  empty: ReactNode
  onOpen?: (row: Row) => void
  more?: () => void
  loading?: boolean
  short?: boolean
  filters?: Filter[]
  actions?: ReactNode
  /** All rows, where not all are loaded. */
  all?: () => Promise<Row[]>
}

/** A table that is a part of a page: its rows, how many, and their export. */
export function TableBlock<Row>({ file, filters, actions, all, ...table }: BlockProps<Row>) {
  const { rows, more } = table
  return (
    <Box sx={{ ...block, ...(!table.short && { flex: 1, minHeight: 0 }) }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        {filters && <Filters filters={filters} />}
        <Box sx={{ flex: 1 }} />
        <Typography color="textSecondary" role="status" sx={{ fontSize: 12.5 }}>
          {grouped(rows.length)}
          {more ? '+' : ''} {rows.length === 1 ? 'row' : 'rows'}
        </Typography>
        <ExportButton name={file} columns={table.columns} all={all ?? (() => Promise.resolve(rows))} />
        {actions}
      </Box>
      <DataTable {...table} />
    </Box>
  )
}

const block = { display: 'flex', flexDirection: 'column', gap: 1, minWidth: 0 } as const

type AskedProps<Row> = Omit<BlockProps<Row>, 'rows' | 'more' | 'loading' | 'all' | 'columns'> & {
  query: RowsQuery<Row>
  columns: Column<Row>[] | ((rows: Row[]) => Column<Row>[])
}

/** The same for rows that the server pages. */
export function AskedBlock<Row>({ query, columns, ...block }: AskedProps<Row>) {
  const { rows, more, loading, all, error, again } = useRows(query)
  if (error) return <Failure error={error} again={again} />
  const shown = typeof columns === 'function' ? columns(rows) : columns
  return <TableBlock {...block} columns={shown} rows={rows} more={more} loading={loading} all={all} />
}
