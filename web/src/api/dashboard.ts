import { queryOptions, useQuery } from '@tanstack/react-query'
import { get } from './client'

export const figuresQuery = queryOptions({
  queryKey: ['dashboard'],
  queryFn: ({ signal }) => get('/api/v1/dashboard', {}, signal),
  refetchInterval: 15_000,
})

/** What there is to filter by: the sites, roles and platforms that devices have. */
export function useChoices() {
  const { data } = useQuery({ ...figuresQuery, refetchInterval: false })
  const names = (counts: { name: string }[] | undefined) =>
    (counts ?? [])
      .map((c) => c.name)
      .filter(Boolean)
      .toSorted()
  return {
    sites: names(data?.by_site),
    roles: names(data?.by_role),
    platforms: names(data?.by_platform),
    vendors: names(data?.by_vendor),
  }
}
