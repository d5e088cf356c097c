import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/**
 * A link within the program where there are hundreds: that of the router works out its place and watches the address, each one by
 * itself. What a browser does with a link by other keys and buttons it does here too.
 */
export function RowLink({ to, label, children }: { to: string; label?: string; children: ReactNode }) {
  const router = useRouter()
  const go = (event: MouseEvent) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || event.defaultPrevented) return
    event.preventDefault()
    router.history.push(to)
  }
  return (
    <a href={to} aria-label={label} onClick={go}>
      {children}
    </a>
  )
}
