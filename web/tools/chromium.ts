import { existsSync } from 'node:fs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium of the system, or the one that CHROMIUM names. */
export function chromium(): string {
  const found = [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path))
  if (!found) throw new Error('no Chromium: apt-get install chromium, or set CHROMIUM to its path')
  return found
}
