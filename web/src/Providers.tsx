import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ThemeName } from './theme/palettes'
import { ThemeChoice } from './theme/ThemeChoice'
import { Confirm } from './ui/Confirm'
import { Keys } from './ui/keys'
import { Toasts } from './ui/Toasts'

/** What every page may count on. */
export function Providers(props: { queries: QueryClient; theme?: ThemeName; children: ReactNode }) {
  return (
    <QueryClientProvider client={props.queries}>
      <ThemeChoice start={props.theme}>
        <Keys>
          <Toasts>
            <Confirm>{props.children}</Confirm>
          </Toasts>
        </Keys>
      </ThemeChoice>
    </QueryClientProvider>
  )
}
