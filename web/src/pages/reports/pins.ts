import { useSyncExternalStore } from 'react'

const KEY = 'velocity.reports'
const watchers = new Set<() => void>()
let pinned = read()

/** Reports that this person has on the dashboard, by name, in this browser. */
export function usePinned(): { pinned: readonly string[]; turn: (name: string) => void } {
  return { pinned: useSyncExternalStore(watch, () => pinned), turn }
}

/** Puts it there, or takes it away. */
function turn(name: string) {
  pinned = pinned.includes(name) ? pinned.filter((other) => other !== name) : [...pinned, name]
  localStorage.setItem(KEY, JSON.stringify(pinned))
  for (const changed of watchers) changed()
}

function watch(changed: () => void): () => void {
  watchers.add(changed)
  return () => watchers.delete(changed)
}

/** What another program left there is not ours to fail on. */
function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}
