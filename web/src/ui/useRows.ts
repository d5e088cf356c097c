import { infiniteQueryOptions, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

/** A page of rows and the cursor of what follows it. */
export interface Rows<Row> {
  items: Row[]
  next?: string | null
  total?: number | null
}

/** All of a view: its key, and how a page of it is asked for. */
export interface RowsQuery<Row> {
  key: QueryKey
  page: (cursor: string | undefined, limit: number, signal?: AbortSignal) => Promise<Rows<Row>>
}

/** The first page is small, for it is waited for; those after it come before they are needed. */
const FIRST = 100
const PAGE = 1000
/** A view is not exported without end. */
const EXPORT_ROWS = 200_000

/** As a query: what a page asks for as it is drawn, and what may be asked for before. */
export const rowsQuery = <Row>({ key, page }: RowsQuery<Row>) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => page(pageParam, pageParam ? PAGE : FIRST, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })

/** The rows of a view, page by page as they come into sight; `all` fetches them to the end. */
export function useRows<Row>(rowsOf: RowsQuery<Row>) {
  const query = useInfiniteQuery({ ...rowsQuery(rowsOf), placeholderData: (before) => before })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((p) => p.items) ?? [], [pages])
  const total = query.data?.pages[0]?.total ?? (query.hasNextPage ? undefined : rows.length)
  return {
    rows,
    total,
    loading: query.isFetching,
    error: query.data ? null : query.error,
    again: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage({ cancelRefetch: false }) : undefined,
    all: () => everything(rowsOf.page),
  }
}

export async function everything<Row>(page: RowsQuery<Row>['page']): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const got = await page(cursor, PAGE)
    rows.push(...got.items)
    cursor = got.next ?? undefined
  } while (cursor && rows.length < EXPORT_ROWS)
  return rows
}
