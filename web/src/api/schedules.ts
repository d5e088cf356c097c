import { queryOptions } from '@tanstack/react-query'
import type { RowsQuery } from '../ui/useRows'
import { call, get, type Schemas } from './client'

export type Schedule = Schemas['ScheduleView']
export type NewSchedule = Schemas['NewSchedule']
export type Recurrence = Schemas['Recurrence']

export type Preset = Schemas['PresetView']

export const scheduleRows: RowsQuery<Schedule> = {
  key: ['schedules'],
  page: (_cursor, _limit, signal) => get('/api/v1/schedules', {}, signal),
}

export const schedulesQuery = queryOptions({
  queryKey: ['schedules', 'all'],
  queryFn: ({ signal }) => get('/api/v1/schedules', {}, signal),
})

export const scheduleQuery = (id: number) =>
  queryOptions({
    queryKey: ['schedule', id],
    queryFn: ({ signal }) => get('/api/v1/schedules/{id}', { path: { id } }, signal),
  })

/** When it would run, before it is kept. */
export const nextTimesQuery = (draft: NewSchedule) =>
  queryOptions({
    queryKey: ['next-times', draft],
    queryFn: ({ signal }) => call('post', '/api/v1/schedules/preview', { query: { count: 6 } }, draft, signal),
    enabled: draft.job !== '',
    retry: false,
  })

export const addSchedule = (draft: NewSchedule) => call('post', '/api/v1/schedules', {}, draft)

export const editSchedule = (id: number, draft: NewSchedule) =>
  call('put', '/api/v1/schedules/{id}', { path: { id } }, draft)

export const deleteSchedule = (id: number) => call('delete', '/api/v1/schedules/{id}', { path: { id } })

export const pauseSchedule = (id: number, paused: boolean) =>
  call('post', '/api/v1/schedules/{id}/pause', { path: { id } }, { paused })

/** Under the key of schedules, as whether one is kept changes with them. */
export const presetsQuery = queryOptions({
  queryKey: ['schedules', 'presets'],
  queryFn: ({ signal }) => get('/api/v1/schedules/presets', {}, signal),
})

export const addPreset = (asked: Schemas['NewPreset']) => call('post', '/api/v1/schedules/presets', {}, asked)
