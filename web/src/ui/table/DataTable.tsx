import Box from '@mui/material/Box'
import LinearProgress from '@mui/material/LinearProgress'
import { useTheme } from '@mui/material/styles'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { type Column, isBy, type Order, template, turned } from './columns'

interface DataTableProps<Row> {
  /** What the table is of, for those who hear it. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => string | number
  order?: Order
  onOrder?: (order: Order) => void
  /** Enter and a double click. */
  onOpen?: (row: Row) => void
  onDelete?: (row: Row) => void
  /** There are more rows; they are asked for when the end comes near. */
  more?: () => void
  loading?: boolean
  empty: ReactNode
  /** As high as its rows, for a table among other things; otherwise it fills what is left and scrolls. */
  short?: boolean
}

const HEIGHT = 34

/** A table that draws only the rows in sight, sorted and paged by the server. Arrows move, Enter opens. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, keyOf, more, loading, short } = props
  const frame = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(-1)
  const id = useId()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => HEIGHT,
    overscan: 12,
    initialRect: { width: 1000, height: 700 },
  })
  const items = virtual.getVirtualItems()
  useNearEnd(items.at(-1)?.index ?? 0, rows.length, loading ? undefined : more)
  const theme = useTheme()
  const least = columns.reduce((sum, c) => sum + c.width, 0)
  const grid = { display: 'grid', gridTemplateColumns: template(columns), minWidth: least, width: '100%' }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = step(event.key, at, rows.length)
    const row = rows[at]
    if (next !== undefined) {
      setAt(next)
      virtual.scrollToIndex(next)
    } else if (event.key === 'Enter' && row && event.target === frame.current) props.onOpen?.(row)
    else if (event.key === 'Delete' && row) props.onDelete?.(row)
    else return
    event.preventDefault()
  }
  return (
    <Box
      ref={frame}
      role="grid"
      aria-label={props.label}
      aria-rowcount={more ? -1 : rows.length + 1}
      aria-busy={loading}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      sx={{
        position: 'relative',
        overflow: 'auto',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        fontSize: 13,
        ...(short ? { maxHeight: 520, flexShrink: 0 } : { flex: 1, minHeight: 160 }),
      }}
    >
      <Box role="row" aria-rowindex={1} sx={{ ...grid, ...head, bgcolor: theme.velocity.raised }}>
        {columns.map((c) => (
          <Head key={c.id} column={c} order={props.order} onOrder={props.onOrder} />
        ))}
      </Box>
      {loading && <LinearProgress aria-label="Loading" sx={{ position: 'sticky', top: HEIGHT, left: 0, height: 2 }} />}
      <Box role="rowgroup" sx={{ position: 'relative', height: virtual.getTotalSize(), minWidth: least }}>
        {items.map(({ index, start }) => {
          const row = rows[index] as Row
          return (
            <Box
              key={keyOf(row)}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === at}
              onClick={() => setAt(index)}
              onDoubleClick={() => props.onOpen?.(row)}
              sx={{ ...grid, ...line, borderColor: 'divider', '&[aria-selected=true]': { bgcolor: 'action.selected' } }}
              style={{ transform: `translateY(${start}px)` }}
            >
              {columns.map((c) => (
                <Box role="gridcell" key={c.id} className={c.mono ? 'mono' : undefined} sx={cell(c)}>
                  {c.cell ? c.cell(row) : c.text(row)}
                </Box>
              ))}
            </Box>
          )
        })}
      </Box>
      {rows.length === 0 && !loading && props.empty}
    </Box>
  )
}

function Head<Row>(props: { column: Column<Row>; order: Order; onOrder?: (order: Order) => void }) {
  const { column, order, onOrder } = props
  const mine = isBy(order, column.sort)
  const way = mine ? (order === column.sort ? 'ascending' : 'descending') : 'none'
  const word = column.sort
  return (
    <Box role="columnheader" aria-sort={word ? way : undefined} sx={{ ...cell(column), fontWeight: 650 }}>
      {word && onOrder ? (
        <Box component="button" type="button" onClick={() => onOrder(turned(order, word))} sx={sorter}>
          {column.head}
          <span aria-hidden>{mine ? (way === 'ascending' ? ' ▲' : ' ▼') : ''}</span>
        </Box>
      ) : (
        column.head
      )}
    </Box>
  )
}

function useNearEnd(last: number, count: number, more?: () => void) {
  useEffect(() => {
    if (more && count > 0 && last >= count - 20) more()
  }, [last, count, more])
}

function step(key: string, at: number, count: number): number | undefined {
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + 15,
    PageUp: at - 15,
    Home: 0,
    End: count - 1,
  }
  const to = moves[key]
  return to === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, to))
}

const cell = <Row,>(column: Column<Row>) => ({
  px: 1,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  textAlign: column.align,
  lineHeight: `${HEIGHT}px`,
})
const head = { position: 'sticky', top: 0, zIndex: 2, height: HEIGHT, borderBottom: 1, borderColor: 'divider' } as const
const line = {
  position: 'absolute',
  top: 0,
  left: 0,
  height: HEIGHT,
  borderBottom: 1,
  '&:hover': { bgcolor: 'action.hover' },
} as const
const sorter = {
  all: 'unset',
  cursor: 'pointer',
  minHeight: 24,
  '&:hover': { textDecoration: 'underline' },
  '&:focus-visible': { outline: '2px solid', outlineOffset: 2 },
} as const
