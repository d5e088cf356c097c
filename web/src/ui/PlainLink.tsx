import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

interface LinkProps {
  to: string
  label?: string
  /** It leads to the page that is shown. */
  isHere?: boolean
  /** Once it was followed. */
  went?: () => void
  /** The page, with what it asks for first, is loaded when the pointer or the focus rests on the link. */
  ahead?: boolean
  children: ReactNode
}

/** Milliseconds after which it rests there. */
const REST = 50
/** There is one pointer. */
let resting: ReturnType<typeof setTimeout> | undefined
const leave = () => clearTimeout(resting)

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
    leave()
    if (router.history.location.href === to) void router.load()
    else router.history.push(to)
    went?.()
  }
  const come = () => {
    leave()
    resting = setTimeout(() => void router.preloadRoute({ to } as never), REST)
  }
  return (
    <a
      href={to}
      aria-label={label}
      aria-current={isHere ? 'page' : undefined}
      onClick={go}
      {...(ahead && { onPointerEnter: come, onPointerLeave: leave, onFocus: come, onBlur: leave })}
    >
      {children}
    </a>
  )
}
