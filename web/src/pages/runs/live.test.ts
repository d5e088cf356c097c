import { expect, test } from 'vitest'
import { after, NOTHING, type Told } from './live'

const at = '2026-11-21T04:59:12Z'
const began: Told = { event: 'collection_started', total: 2, at }
const started = (n: number): Told => ({
  event: 'device_started',
  device_name: `leaf-${n}`,
  ip_address: `10.0.0.${n}`,
  at,
})
const done = (n: number, success: boolean): Told => ({
  event: 'device_completed',
  device_name: `leaf-${n}`,
  ip_address: `10.0.0.${n}`,
  success,
  state: success ? 'success' : 'failed',
  message: success ? null : 'cannot reach 10.0.0.2:22',
  at,
})
const progress = (completed: number, running: number): Told => ({
  event: 'collection_progress',
  progress: completed * 50,
  running,
  completed,
  failed: 0,
  skipped: 0,
  remaining: 2 - completed,
  total: 2,
  at,
})
const ended: Told = { event: 'collection_complete', success: false, state: 'partial', at }

const told = (...all: Told[]) => all.reduce(after, NOTHING)

test('progress counts what is completed and not what has begun', () => {
  const live = told(began, started(1), progress(0, 1))
  expect([live.progress, live.running, live.remaining]).toEqual([0, 1, 2])
})

test('the end says 100 % and 0 remaining, whatever was told before', () => {
  const live = told(began, started(1), progress(1, 1), ended)
  expect([live.progress, live.remaining, live.running, live.ended]).toEqual([100, 0, 0, 'partial'])
})

test('a device that failed says why, in the grid and in the log', () => {
  const live = told(began, started(2), done(2, false))
  expect(live.devices.get('10.0.0.2')).toMatchObject({ state: 'failed', message: 'cannot reach 10.0.0.2:22' })
  expect(live.log.at(-1)).toMatchObject({ mark: '✗', text: 'leaf-2: cannot reach 10.0.0.2:22' })
})

test('an event told again after a break makes no second device', () => {
  expect(told(began, done(1, true), done(1, true)).devices.size).toBe(1)
})

test('an alarm of a class that is not known here is in the log', () => {
  const alarm: Told = { event: 'host_key_changed', device_name: 'leaf-1', message: 'the key is another', at }
  expect(told(began, alarm).log.at(-1)?.text).toBe('leaf-1: the key is another')
})
