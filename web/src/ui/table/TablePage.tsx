import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { grouped } from '../number'
import { Page } from '../Page'
import { Failure } from '../States'
import { useUrlState } from '../urlState'
import { type RowsQuery, useRows } from '../useRows'
import type { Column } from './columns'
import { DataTable, type RowKey } from './DataTable'
import { ExportButton } from './ExportButton'
import { type Filter, Filters } from './Filters'

interface TablePageProps<Row> {
  title: string
  about?: ReactNode
  /** Name of an exported file. */
  file: string
  /** One of what the rows are, and many: `device`, `devices`. */
  noun: [string, string]
  /** Where the columns are data, they are made of the rows. */
  columns: Column<Row>[] | ((rows: Row[]) => Column<Row>[])
  query: RowsQuery<Row>
  keyOf: (row: Row) => RowKey
  filters?: Filter[]
  empty: ReactNode
  onOpen?: (row: Row) => void
  onDelete?: (row: Row) => void
  picked?: ReadonlySet<RowKey>
  onPick?: (picked: Set<RowKey>) => void
  actions?: ReactNode
  above?: ReactNode
}

/** A page that is one table: filters and order in the URL, an export of the whole view. */
export function TablePage<Row>(props: TablePageProps<Row>) {
  const rows = useRows(props.query)
  const [state, set] = useUrlState()
  const [one, many] = props.noun
  const columns = typeof props.columns === 'function' ? props.columns(rows.rows) : props.columns
  return (
    <Page
      title={props.title}
      about={props.about}
      fill
      actions={
        <>
          <Typography color="textSecondary" role="status" sx={{ fontSize: 12.5 }}>
            {count(rows.total ?? null, rows.rows.length, one, many)}
          </Typography>
          <ExportButton name={props.file} columns={columns} all={rows.all} />
          {props.actions}
        </>
      }
    >
      {props.above}
      {props.filters && <Filters filters={props.filters} />}
      {rows.error ? (
        <Failure error={rows.error} again={rows.again} />
      ) : (
        <DataTable
          label={props.title}
          columns={columns}
          rows={rows.rows}
          keyOf={props.keyOf}
          order={state.sort}
          onOrder={(sort) => set({ sort })}
          onOpen={props.onOpen}
          onDelete={props.onDelete}
          picked={props.picked}
          onPick={props.onPick}
          more={rows.more}
          loading={rows.loading}
          empty={props.empty}
        />
      )}
    </Page>
  )
}

function count(total: number | null, loaded: number, one: string, many: string): string {
  const n = total ?? loaded
  return `${grouped(n)}${total === null ? '+' : ''} ${n === 1 ? one : many}`
}
