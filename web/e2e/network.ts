import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { preview } from 'vite'

const BINARY = process.env.VELOCITY_BIN ?? resolve(import.meta.dirname, '../../target/debug/velocity')

/** A server of its own with an empty data directory, a simulated network, and the built screens before it. */
export interface Network {
  url: string
  /** Made by `init`, good for the first log-in. */
  oneTimePassword: string
  seed: string
  username: string
  password: string
  /** Folder of the lab's state. */
  lab: string
  velocity: (...args: string[]) => string
  down: () => Promise<void>
}

export async function networkUp(devices: number): Promise<Network> {
  if (!existsSync(BINARY)) throw new Error(`no ${BINARY}: cargo build -p cli, or set VELOCITY_BIN`)
  const home = mkdtempSync(join(tmpdir(), 'velocity-e2e-'))
  const lab = join(home, 'lab')
  const velocity = (...args: string[]) => execFileSync(BINARY, [...args, '--home', home], { encoding: 'utf8' })
  const oneTimePassword = /password (\S+)/.exec(velocity('init'))?.[1] ?? ''
  const told = JSON.parse(velocity('lab', 'up', '--devices', `${devices}`, '--seed', '7', '--state', lab, '--json'))
  const server = spawn(BINARY, ['server', '--bind', '127.0.0.1:0', '--home', home])
  const screens = await screensBefore(await listening(server))
  return {
    url: screens.url,
    oneTimePassword,
    seed: told.seed,
    username: told.username,
    password: told.password,
    lab,
    velocity,
    down: async () => {
      await screens.close()
      server.kill()
      velocity('lab', 'down', '--state', lab)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** The address that the server tells when it listens. */
function listening(server: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk
      const url = /listening on (https?:\/\/\S+?);/.exec(said)?.[1]
      if (url) found(url)
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.on('exit', () => fail(new Error(`the server ended: ${said}`)))
  })
}

/** The built screens at one origin with the API, as the released binary serves them. */
async function screensBefore(api: string) {
  const proxy = { '/api': { target: api, changeOrigin: true, headers: { origin: api } } }
  const screens = await preview({ preview: { host: '127.0.0.1', port: 0, proxy }, logLevel: 'error' })
  const url = screens.resolvedUrls?.local[0]?.replace(/\/$/, '')
  if (!url) throw new Error('the screens are not served')
  return { url, close: () => screens.close() }
}
