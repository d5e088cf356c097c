import { QueryClient } from '@tanstack/react-query'
import { Problem } from './ui/Problem'

/** A refusal is an answer and is not asked for again; a broken connection is. */
export const makeQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => Problem.of(error).status === 0 && count < 2,
      },
    },
  })
