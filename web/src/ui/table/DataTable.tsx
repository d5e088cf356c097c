import Box from '@mui/material/Box'
import Checkbox from '@mui/material/Checkbox'
import LinearProgress from '@mui/material/LinearProgress'
import { useTheme } from '@mui/material/styles'
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Column, isBy, type Order, turned } from './columns'
import { ROW, reveal, useSight } from './sight'

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

/** Rows that are there before they are needed. */
const MORE = 600
/** Milliseconds that what comes next waits for what is seen first. */
const SOON = 250

/**
 * A table that draws only the rows in sight, sorted and paged by the server. Arrows move, Enter opens. A grid
 * of ARIA, whose rows and cells have no focus: the grid has it, hears the keys of all rows and names the one that is current.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, keyOf, more, loading, short, picked, onPick, onOpen } = props
  const frame = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(-1)
  const id = useId()
  const theme = useTheme()
  const least = columns.reduce((sum, c) => sum + c.width, picked ? BOX : 0)
  const ways = columns.map((c) => `${c.width} ${c.grow ?? 1} ${c.align ?? ''}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns that are as wide have the same style
  const cells = useMemo(() => ({ ...table, ...cellsOf(columns, least) }), [ways, least])
  const tick = useTick(picked, onPick)
  const open = useLatest(onOpen)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = step(event.key, at, rows.length)
    const row = rows[at]
    if (next !== undefined) {
      setAt(next)
      reveal(frame.current, next)
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
      onPointerOver={tellWhole}
      sx={[cells, short ? low : high]}
    >
      <div role="row" aria-rowindex={1} className="head" style={{ background: theme.velocity.raised }}>
        {picked && (
          <div role="columnheader" className="cell box">
            <All rows={rows} keyOf={keyOf} picked={picked} onPick={onPick} />
          </div>
        )}
        {columns.map((c, n) => (
          <Head key={c.id} column={c} at={n} order={props.order} onOrder={props.onOrder} />
        ))}
      </div>
      {loading && <LinearProgress aria-label="Loading" sx={progress} />}
      <Lines
        frame={frame}
        id={id}
        rows={rows}
        keyOf={keyOf as (row: unknown) => RowKey}
        columns={columns as Column<unknown>[]}
        at={at}
        go={setAt}
        open={open as (row: unknown) => void}
        picked={picked}
        tick={tick}
        more={loading ? undefined : more}
        least={least}
      />
      {rows.length === 0 && !loading && props.empty}
    </Box>
  )
}

interface LinesProps {
  frame: RefObject<HTMLDivElement | null>
  id: string
  rows: unknown[]
  keyOf: (row: unknown) => RowKey
  columns: Column<unknown>[]
  at: number
  go: (index: number) => void
  open: (row: unknown) => void
  picked: ReadonlySet<RowKey> | undefined
  tick: (key: RowKey) => void
  more: (() => void) | undefined
  least: number
}

/**
 * The rows; apart from the table, which is not drawn again when they are scrolled. They stand below a space as high as those that are
 * not drawn: with a place of its own in its style a row has one that no other has, and so have its cells, which are worked out one by one.
 */
function Lines({ frame, id, rows, keyOf, columns, at, picked, more, least, ...line }: LinesProps) {
  const { from, to } = useSight(frame, rows.length)
  useNearEnd(to, rows.length, from > 0, more)
  return (
    <div role="rowgroup" style={{ height: rows.length * ROW, paddingTop: from * ROW, minWidth: least }}>
      {rows.slice(from, to).map((row, n) => {
        const [index, key] = [from + n, keyOf(row)]
        return (
          <Line
            key={key}
            id={`${id}-${index}`}
            index={index}
            isAt={index === at}
            row={row}
            columns={columns}
            picked={picked?.has(key)}
            rowKey={key}
            {...line}
          />
        )
      })}
    </div>
  )
}

interface LineProps {
  id: string
  index: number
  isAt: boolean
  row: unknown
  rowKey: RowKey
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
    >
      {picked !== undefined && (
        <div role="gridcell" className="cell box">
          <input
            type="checkbox"
            aria-label={`Pick ${columns[0]?.text(row) ?? ''}`}
            checked={picked}
            onChange={() => p.tick(p.rowKey)}
          />
        </div>
      )}
      {columns.map((c, n) => (
        <div role="gridcell" key={c.id} className={c.mono ? `cell c${n} mono` : `cell c${n}`}>
          {c.cell ? c.cell(row) : c.text(row)}
        </div>
      ))}
    </div>
  )
})

/** A text that is cut tells the whole of itself to the pointer. */
function tellWhole({ target }: PointerEvent) {
  if (!(target instanceof HTMLElement) || !target.classList.contains('cell') || target.title) return
  if (target.scrollWidth > target.clientWidth) target.title = target.textContent
}

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

function Head<Row>(props: { column: Column<Row>; at: number; order: Order; onOrder?: (order: Order) => void }) {
  const { column, at, order, onOrder } = props
  const mine = isBy(order, column.sort)
  const way = mine ? (order === column.sort ? 'ascending' : 'descending') : 'none'
  const word = column.sort
  return (
    <div role="columnheader" aria-sort={word ? way : undefined} className={`cell c${at}`}>
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

function useNearEnd(drawn: number, count: number, isScrolled: boolean, more?: () => void) {
  const wanted = useLatest(more)
  const isNear = more !== undefined && count > 0 && drawn >= count - MORE
  // biome-ignore lint/correctness/useExhaustiveDependencies: after more of them came there may be too few still
  useEffect(() => {
    if (!isNear) return
    const soon = setTimeout(wanted, isScrolled ? 0 : SOON)
    return () => clearTimeout(soon)
  }, [isNear, isScrolled, wanted, count])
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

/** Rows are laid out in a line, and each cell by itself: a grid is worked out anew for each row, which takes twice as long. */
const cellsOf = <Row,>(columns: Column<Row>[], least: number) => ({
  '& .head, & .line': { ...line, minWidth: least },
  ...Object.fromEntries(
    columns.map((c, n) => [`& .c${n}`, { flex: `${c.grow ?? 1} 0 ${c.width}px`, textAlign: c.align }]),
  ),
})

const high = { flex: 1, minHeight: 160 }
const low = { maxHeight: 520, flexShrink: 0 }
/** Over the rows, which do not move when it comes. */
const progress = { position: 'sticky', top: ROW, left: 0, height: 2, marginBottom: '-2px', zIndex: 1 }
const line = { display: 'flex', width: '100%', height: ROW, borderBottom: 1, borderColor: 'divider' }

const table = {
  position: 'relative',
  overflow: 'auto',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
  fontSize: 13,
  '& .head': { position: 'sticky', top: 0, zIndex: 2, fontWeight: 650 },
  '& .line': { contain: 'strict' },
  '& .line:hover': { bgcolor: 'action.hover' },
  '& .line.at, & .line[aria-selected=true]': { bgcolor: 'action.selected' },
  '& .cell': {
    px: 1,
    height: ROW,
    contain: 'strict',
    overflow: 'clip',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    lineHeight: `${ROW}px`,
  },
  '& .box': { flex: `0 0 ${BOX}px` },
  '& .cell > input': { width: 16, height: 16, accentColor: 'currentColor', verticalAlign: 'middle' },
  '& .head button': { all: 'unset', cursor: 'pointer', minHeight: 24 },
  '& .head button:hover': { textDecoration: 'underline' },
  '& .head button:focus-visible': { outline: '2px solid', outlineOffset: 2 },
} as const
