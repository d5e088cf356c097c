import { expect, test } from 'vitest'
import type { Recurrence } from '../../api/schedules'
import { fieldsOf, recurrenceOf } from './recurrence'

test.each<Recurrence>([
  { every: 'once', at: '2026-12-24T22:00:00' },
  { every: 'hourly', minute: 30 },
  { every: 'daily', at: '02:15:00' },
  { every: 'weekly', on: [1, 5], at: '23:59:00' },
  { every: 'monthly', day: 31, at: '00:00:00' },
  { every: 'cron', pattern: '*/15 * * * *' },
])('$every goes into the fields and comes out as it was', (recurrence) => {
  expect(recurrenceOf(fieldsOf(recurrence))).toEqual(recurrence)
})
