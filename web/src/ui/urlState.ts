import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

/** What a view is filtered by: words of the query string. What is not set is absent, never empty. */
export type UrlState = Record<string, string | undefined>

/**
 * The state of a view, kept in the URL so that the view can be shared and the back button works. A change replaces the
 * entry of the history while somebody types, and pushes one otherwise.
 */
export function useUrlState(): [UrlState, (change: UrlState, how?: 'push' | 'replace') => void] {
  const search = useSearch({ strict: false }) as UrlState
  const navigate = useNavigate()
  const set = useCallback(
    (change: UrlState, how: 'push' | 'replace' = 'push') =>
      void navigate({
        to: '.',
        search: (old: UrlState) => without({ ...old, ...change }),
        replace: how === 'replace',
      } as never),
    [navigate],
  )
  return useMemo(() => [search, set], [search, set])
}

const without = (state: UrlState) =>
  Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined && value !== ''))

/** `?site=fra&q=10` and back: every value is the text that stands there, so `q=10` stays a text. */
export const plainSearch = {
  parse: (text: string): UrlState => Object.fromEntries(new URLSearchParams(text)),
  stringify: (state: Record<string, unknown>): string => {
    const pairs = Object.entries(state).filter(([, v]) => v !== undefined && v !== null && v !== '')
    const text = new URLSearchParams(pairs.map(([k, v]) => [k, String(v)])).toString()
    return text && `?${text}`
  },
}
