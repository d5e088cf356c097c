import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'

export interface Key {
  /** As in `Ctrl+K`, `?`, `F5`, or two in a row: `g d`. */
  press: string
  does: string
  run: () => void
}

/** Apart from the keys: who adds one is not drawn again when another is added. */
const AddContext = createContext<(key: Key) => () => void>(() => () => {})
const KeyContext = createContext<Key[]>([])

/** The keys that do something now, for the list of keys. */
export const useKeys = () => useContext(KeyContext)

/** While the caller is shown, `press` does this. */
export function useKey(press: string, does: string, run: () => void) {
  const add = useContext(AddContext)
  const latest = useRef(run)
  latest.current = run
  useEffect(() => add({ press, does, run: () => latest.current() }), [add, press, does])
}

/** What makes a new one of what the page is about. `Ctrl+N` is the browser's own but in an installed app. */
export function useNewKey(does: string, run: () => void) {
  useKey('n', does, run)
  useKey('Ctrl+N', does, run)
}

/** One listener for all keys. What is typed into a field is no command, but for keys with Ctrl and function keys. */
export function Keys({ children }: { children: ReactNode }) {
  const [keys, setKeys] = useState<Key[]>([])
  const current = useRef(keys)
  current.current = keys
  const add = useRef((key: Key) => {
    setKeys((old) => [...old, key])
    return () => setKeys((old) => old.filter((k) => k !== key))
  }).current
  useEffect(() => listen(() => current.current), [])
  return (
    <AddContext value={add}>
      <KeyContext value={keys}>{children}</KeyContext>
    </AddContext>
  )
}

function listen(keys: () => Key[]): () => void {
  let before = ''
  const heard = (event: KeyboardEvent) => {
    const pressed = nameOf(event)
    if (pressed === null || (isTyping(event.target) && !/^(Ctrl\+|F\d)/.test(pressed))) return
    const two = `${before} ${pressed}`
    // The newest first: a dialog's key comes before the page's.
    const found = keys().findLast((k) => k.press === two) ?? keys().findLast((k) => k.press === pressed)
    before = found ? '' : pressed
    if (!found) return
    event.preventDefault()
    found.run()
  }
  window.addEventListener('keydown', heard)
  return () => window.removeEventListener('keydown', heard)
}

function nameOf(event: KeyboardEvent): string | null {
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key) || event.altKey) return null
  const key = event.key.length === 1 && (event.ctrlKey || event.metaKey) ? event.key.toUpperCase() : event.key
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
