import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { preview } from 'vite'

const BINARY = process.env.VELOCITY_BIN ?? resolve(import.meta.dirname, '../../target/debug/velocity')

/** A server of its own with an empty data directory, and the built screens before it. */
export interface Network {
  url: string
  home: string
  /** Made by `init`, good for the first log-in. */
  oneTimePassword: string
  velocity: (...args: string[]) => string
  down: () => Promise<void>
}

/** The same with a simulated network. */
export interface LabNetwork extends Network {
  seed: string
  username: string
  password: string
  /** Folder of the lab's state. */
  lab: string
}

export async function serverUp(): Promise<Network> {
  if (!existsSync(BINARY)) throw new Error(`no ${BINARY}: cargo build -p cli, or set VELOCITY_BIN`)
  const home = mkdtempSync(join(tmpdir(), 'velocity-e2e-'))
  const velocity = (...args: string[]) => execFileSync(BINARY, [...args, '--home', home], { encoding: 'utf8' })
  const oneTimePassword = /password (\S+)/.exec(velocity('init'))?.[1] ?? ''
  const server = spawn(BINARY, ['server', '--bind', '127.0.0.1:0', '--home', home])
  const screens = await screensBefore(await listening(server))
  const down = async () => {
    await screens.close()
    server.kill()
    rmSync(home, { recursive: true, force: true })
  }
  return { url: screens.url, home, oneTimePassword, velocity, down }
}

export async function networkUp(devices: number): Promise<LabNetwork> {
  const server = await serverUp()
  const lab = join(server.home, 'lab')
  const { velocity } = server
  const told = JSON.parse(velocity('lab', 'up', '--devices', `${devices}`, '--seed', '7', '--state', lab, '--json'))
  const down = async () => {
    velocity('lab', 'down', '--state', lab)
    await server.down()
  }
  return { ...server, lab, seed: told.seed, username: told.username, password: told.password, down }
}

/** The password of the administrator once `enter` has set it. */
export const MINE = 'a long password of my own'

/** Sets the first password of a user and logs in, without the screens. */
export async function enter(page: Page, { url, oneTimePassword }: Network, name = 'admin') {
  await page.goto(url)
  await page.evaluate(
    async ([name, one, mine]) => {
      const ask = (path: string, method: string, body: object) =>
        fetch(path, {
          method,
          headers: { 'content-type': 'application/json', 'x-velocity': '1' },
          body: JSON.stringify(body),
        })
      const known = await ask('/api/v1/session', 'POST', { name, password: mine })
      if (known.ok) return
      await ask('/api/v1/session', 'POST', { name, password: one })
      await ask('/api/v1/session/password', 'PUT', { old: one, new: mine })
      await ask('/api/v1/session', 'POST', { name, password: mine })
    },
    [name, oneTimePassword, MINE],
  )
}

/** The account that all devices of the lab take. */
export const asWhom = ({ username, password }: LabNetwork) => ({ username, password })

/** Starts a run and waits until it is over. */
export async function runToEnd(page: Page, path: string, body: object) {
  const state = await page.evaluate(
    async ([to, sent]) => {
      const headers = { 'content-type': 'application/json', 'x-velocity': '1' }
      const { id } = await (await fetch(to as string, { method: 'POST', headers, body: JSON.stringify(sent) })).json()
      for (;;) {
        const run = await (await fetch(`/api/v1/executions/${id}`)).json()
        if (run.state !== 'running') return run.state as string
        await new Promise((on) => setTimeout(on, 300))
      }
    },
    [path, body] as const,
  )
  expect(['success', 'partial']).toContain(state)
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
  const proxy = { '/api': { target: api, changeOrigin: true, headers: { origin: api }, ws: true } }
  const screens = await preview({ preview: { host: '127.0.0.1', port: 0, proxy }, logLevel: 'error' })
  const url = screens.resolvedUrls?.local[0]?.replace(/\/$/, '')
  if (!url) throw new Error('the screens are not served')
  return { url, close: () => screens.close() }
}
