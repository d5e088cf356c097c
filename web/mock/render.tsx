import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Providers } from '../src/Providers'
import { makeQueryClient } from '../src/queryClient'
import { makeRouter } from '../src/router'

/** The whole application at a path, as a user would have it. */
export function renderApp(path: string) {
  const queries = makeQueryClient()
  const history = createMemoryHistory({ initialEntries: [path] })
  const router = makeRouter(queries, history)
  const user = userEvent.setup()
  render(
    <Providers queries={queries}>
      <RouterProvider router={router} />
    </Providers>,
  )
  return { user, router, location: () => history.location.href }
}
