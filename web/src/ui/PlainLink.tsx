import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

interface LinkProps {
  to: string
  label?: string
  /** It leads to the page that is shown. */
  isHere?: boolean
  /** Once it was followed. */
  went?: () => void
  /** The code of the page is loaded as the pointer comes near. */
  ahead?: boolean
  children: ReactNode
}

/**
 * A link within the program where there are many: that of the router works out its place and watches the address, each one by
 * itself. What a browser does with a link by other keys and buttons it does here too.
 */
export function PlainLink({ to, label, isHere, went, ahead, children }: LinkProps) {
  const router = useRouter()
  const go = (event: MouseEvent) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || event.defaultPrevented) return
    event.preventDefault()
    router.history.push(to)
    went?.()
  }
  const load = ahead ? () => void router.preloadRoute({ to } as never) : undefined
  return (
    <a
      href={to}
      aria-label={label}
      aria-current={isHere ? 'page' : undefined}
      onClick={go}
      onPointerEnter={load}
      onFocus={load}
    >
      {children}
    </a>
  )
}
