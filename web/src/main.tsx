import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Providers } from './Providers'
import { makeQueryClient } from './queryClient'
import { makeRouter } from './router'

const queries = makeQueryClient()
const router = makeRouter(queries)
const root = document.getElementById('root')

if (root)
  createRoot(root).render(
    <StrictMode>
      <Providers queries={queries}>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  )
