import Box from '@mui/material/Box'
import Checkbox from '@mui/material/Checkbox'
import LinearProgress from '@mui/material/LinearProgress'
import { useTheme } from '@mui/material/styles'
import { type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Column, isBy, type Order, template, turned } from './columns'

export type RowKey = string | number

interface DataTableProps<Row> {
  /** What the table is of, for those who hear it. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => RowKey
  order?: Order
  onOrder?: (order: Order) => void
  /** Enter and a double click. */
  onOpen?: (row: Row) => void
  onDelete?: (row: Row) => void
  /** Rows that are ticked; with it every row has a box, and the blank ticks. */
  picked?: ReadonlySet<RowKey>
  onPick?: (picked: Set<RowKey>) => void
  /** There are more rows; they are asked for long before the end comes into sight. */
  more?: () => void
  loading?: boolean
  empty: ReactNode
  /** As high as its rows, for a table among other things; otherwise it fills what is left and scrolls. */
  short?: boolean
}

const HEIGHT = 34
/** Rows that are there before they are needed. */
const AHEAD = 600
/** Rows that are drawn beyond those in sight, and in a fast scroll at most. */
const OVERSCAN = 24
const MOST_AHEAD = 120

/**
 * A table that draws only the rows in sight, sorted and paged by the server. Arrows move, Enter opens. A grid
 * of ARIA, whose rows and cells have no focus: the grid has it, hears the keys of all rows and names the one that is current.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, keyOf, more, loading, short, picked, onPick, onOpen } = props
  const frame = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(-1)
  const id = useId()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => HEIGHT,
    overscan: OVERSCAN,
    rangeExtractor: useAhead(),
    initialRect: { width: 1000, height: 700 },
  })
  const items = virtual.getVirtualItems()
  useNearEnd(items.at(-1)?.index ?? 0, rows.length, loading ? undefined : more)
  const theme = useTheme()
  const least = columns.reduce((sum, c) => sum + c.width, picked ? BOX : 0)
  const tracks = (picked ? `${BOX}px ` : '') + template(columns)
  const grid = useMemo(() => ({ gridTemplateColumns: tracks, minWidth: least }), [tracks, least])
  const tick = useTick(picked, onPick)
  const open = useLatest(onOpen)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = step(event.key, at, rows.length)
    const row = rows[at]
    if (next !== undefined) {
      setAt(next)
      virtual.scrollToIndex(next)
    } else if (event.target !== frame.current || !row) return
    else if (event.key === 'Enter') props.onOpen?.(row)
    else if (event.key === 'Delete' && props.onDelete) props.onDelete(row)
    else if (event.key === ' ' && picked) tick(keyOf(row))
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
      aria-multiselectable={picked ? true : undefined}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      sx={{ ...table, ...(short ? { maxHeight: 520, flexShrink: 0 } : { flex: 1, minHeight: 160 }) }}
    >
      <div role="row" aria-rowindex={1} className="head" style={{ ...grid, background: theme.velocity.raised }}>
        {picked && (
          <div role="columnheader" className="cell">
            <All rows={rows} keyOf={keyOf} picked={picked} onPick={onPick} />
          </div>
        )}
        {columns.map((c) => (
          <Head key={c.id} column={c} order={props.order} onOrder={props.onOrder} />
        ))}
      </div>
      {loading && <LinearProgress aria-label="Loading" sx={{ position: 'sticky', top: HEIGHT, left: 0, height: 2 }} />}
      <div role="rowgroup" style={{ position: 'relative', height: virtual.getTotalSize(), minWidth: least }}>
        {items.map(({ index, start }) => {
          const row = rows[index] as Row
          const key = keyOf(row)
          return (
            <Line
              key={key}
              id={`${id}-${index}`}
              index={index}
              start={start}
              isAt={index === at}
              row={row}
              grid={grid}
              columns={columns as Column<unknown>[]}
              go={setAt}
              open={open as (row: unknown) => void}
              picked={picked?.has(key)}
              tick={tick}
              rowKey={key}
            />
          )
        })}
      </div>
      {rows.length === 0 && !loading && props.empty}
    </Box>
  )
}

interface LineProps {
  id: string
  index: number
  start: number
  isAt: boolean
  row: unknown
  rowKey: RowKey
  grid: { gridTemplateColumns: string; minWidth: number }
  columns: Column<unknown>[]
  go: (index: number) => void
  open: (row: unknown) => void
  picked: boolean | undefined
  tick: (key: RowKey) => void
}

/** A row is drawn once, however long the table is scrolled; classes and not `sx`, which would be worked out for every cell. */
const Line = memo(function Line({ row, columns, index, picked, ...p }: LineProps) {
  return (
    <div
      id={p.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={picked ?? p.isAt}
      className={p.isAt ? 'line at' : 'line'}
      onClick={() => p.go(index)}
      onDoubleClick={() => p.open(row)}
      style={{ ...p.grid, transform: `translateY(${p.start}px)` }}
    >
      {picked !== undefined && (
        <div role="gridcell" className="cell">
          <input
            type="checkbox"
            aria-label={`Pick ${columns[0]?.text(row) ?? ''}`}
            checked={picked}
            onChange={() => p.tick(p.rowKey)}
          />
        </div>
      )}
      {columns.map((c) => (
        <div
          role="gridcell"
          key={c.id}
          className={c.mono ? 'cell mono' : 'cell'}
          style={c.align && { textAlign: c.align }}
          title={c.cell ? undefined : String(c.text(row) ?? '') || undefined}
        >
          {c.cell ? c.cell(row) : c.text(row)}
        </div>
      ))}
    </div>
  )
})

function All<Row>(props: {
  rows: Row[]
  keyOf: (row: Row) => RowKey
  picked: ReadonlySet<RowKey>
  onPick?: (picked: Set<RowKey>) => void
}) {
  const { rows, keyOf, picked, onPick } = props
  const all = rows.length > 0 && picked.size >= rows.length
  return (
    <Checkbox
      size="small"
      sx={{ p: 0 }}
      checked={all}
      indeterminate={!all && picked.size > 0}
      onChange={() => onPick?.(all ? new Set() : new Set(rows.map(keyOf)))}
      slotProps={{ input: { 'aria-label': 'Pick all rows that are loaded' } }}
    />
  )
}

function Head<Row>(props: { column: Column<Row>; order: Order; onOrder?: (order: Order) => void }) {
  const { column, order, onOrder } = props
  const mine = isBy(order, column.sort)
  const way = mine ? (order === column.sort ? 'ascending' : 'descending') : 'none'
  const word = column.sort
  return (
    <div role="columnheader" aria-sort={word ? way : undefined} className="cell" style={{ textAlign: column.align }}>
      {word && onOrder ? (
        <button
          type="button"
          title={`Sort by ${column.head.toLowerCase()}`}
          onClick={() => onOrder(turned(order, word))}
        >
          {column.head}
          <span aria-hidden>{mine ? (way === 'ascending' ? ' ▲' : ' ▼') : ''}</span>
        </button>
      ) : (
        column.head
      )}
    </div>
  )
}

/** A function that stays the same while what it calls may change. */
function useLatest<A>(call: ((of: A) => void) | undefined): (of: A) => void {
  const latest = useRef(call)
  latest.current = call
  return useCallback((of: A) => latest.current?.(of), [])
}

function useTick(picked: ReadonlySet<RowKey> | undefined, onPick: ((picked: Set<RowKey>) => void) | undefined) {
  return useLatest((key: RowKey) => {
    const next = new Set(picked)
    if (!next.delete(key)) next.add(key)
    onPick?.(next)
  })
}

/**
 * Where a scroll goes, rows are drawn as far ahead as it went since the last frame, twice over: a frame that is slow, in which it goes
 * further, finds them there. What is ahead now is drawn once, so that all in all no more is.
 */
function useAhead() {
  const last = useRef(0)
  return useCallback((range: Range) => {
    const went = range.startIndex - last.current
    last.current = range.startIndex
    const ahead = Math.min(2 * Math.abs(went), MOST_AHEAD)
    const from = Math.max(0, range.startIndex - OVERSCAN - (went < 0 ? ahead : 0))
    const to = Math.min(range.count - 1, range.endIndex + OVERSCAN + (went > 0 ? ahead : 0))
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n)
  }, [])
}

function useNearEnd(last: number, count: number, more?: () => void) {
  useEffect(() => {
    if (more && count > 0 && last >= count - AHEAD) more()
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

/** Width of the column of boxes. */
const BOX = 36

const table = {
  position: 'relative',
  overflow: 'auto',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
  fontSize: 13,
  '& .head, & .line': { display: 'grid', width: '100%', height: HEIGHT, borderBottom: 1, borderColor: 'divider' },
  '& .head': { position: 'sticky', top: 0, zIndex: 2, fontWeight: 650 },
  '& .line': { position: 'absolute', top: 0, left: 0, contain: 'strict' },
  '& .line:hover': { bgcolor: 'action.hover' },
  '& .line.at, & .line[aria-selected=true]': { bgcolor: 'action.selected' },
  '& .cell': { px: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', lineHeight: `${HEIGHT}px` },
  '& .cell > input': { width: 16, height: 16, accentColor: 'currentColor', verticalAlign: 'middle' },
  '& .head button': { all: 'unset', cursor: 'pointer', minHeight: 24 },
  '& .head button:hover': { textDecoration: 'underline' },
  '& .head button:focus-visible': { outline: '2px solid', outlineOffset: 2 },
} as const
