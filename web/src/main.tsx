import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { meQuery } from './api/session'
import { Providers } from './Providers'
import { makeQueryClient } from './queryClient'
import { makeRouter } from './router'

const queries = makeQueryClient()
const router = makeRouter(queries)
// Who is logged in is asked before anything is drawn, for nothing is before that is known.
void queries.prefetchQuery(meQuery)
const root = document.getElementById('root')

if (root)
  createRoot(root).render(
    <StrictMode>
      <Providers queries={queries}>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  )
