import { useEffect, useState } from 'react'

/** The value once it has stayed the same for a moment, so that the server is asked when writing rests. */
export function useResting<T>(value: T, ms = 300): T {
  const [rested, setRested] = useState(value)
  const word = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(word) as T), ms)
    return () => clearTimeout(timer)
  }, [word, ms])
  return rested
}
