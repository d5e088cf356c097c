import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { meQuery } from './api/session'
import { Problem } from './ui/Problem'

/**
 * A refusal is an answer and is not asked for again; a broken connection is. When the session is over, whatever was asked,
 * who asks is asked anew, and the door opens.
 */
export function makeQueryClient(): QueryClient {
  const over = (error: unknown) => {
    const { status, kind } = Problem.of(error)
    if (status === 401 && kind !== 'urn:velocity:login-refused')
      void client.invalidateQueries({ queryKey: meQuery.queryKey })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== 'session' && over(error) }),
    mutationCache: new MutationCache({ onError: over }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (count, error) => Problem.of(error).status === 0 && count < 2 },
    },
  })
  return client
}
