import type { Recurrence } from '../../api/schedules'

export type Every = Recurrence['every']

export const EVERY: { every: Every; label: string }[] = [
  { every: 'hourly', label: 'Every hour' },
  { every: 'daily', label: 'Every day' },
  { every: 'weekly', label: 'On days of the week' },
  { every: 'monthly', label: 'On a day of the month' },
  { every: 'once', label: 'Once' },
  { every: 'cron', label: 'By a cron pattern' },
]

export const PRESETS: { label: string; recurrence: Recurrence }[] = [
  { label: 'Daily at 02:00', recurrence: { every: 'daily', at: '02:00:00' } },
  { label: 'Hourly', recurrence: { every: 'hourly', minute: 0 } },
  { label: 'Weekly, Sunday at 03:00', recurrence: { every: 'weekly', on: [7], at: '03:00:00' } },
]

/** What fields hold, whichever kind is chosen, so that changing the kind loses nothing. */
export interface Fields {
  every: Every
  time: string
  minute: number
  days: number[]
  day: number
  date: string
  pattern: string
}

export function fieldsOf(of: Recurrence | undefined): Fields {
  const start: Fields = { every: 'daily', time: '02:00', minute: 0, days: [1], day: 1, date: '', pattern: '0 2 * * *' }
  if (!of) return start
  const { every } = of
  if (every === 'once') return { ...start, every, date: of.at.slice(0, 16) }
  if (every === 'hourly') return { ...start, every, minute: of.minute }
  if (every === 'weekly') return { ...start, every, time: of.at.slice(0, 5), days: of.on }
  if (every === 'monthly') return { ...start, every, time: of.at.slice(0, 5), day: of.day }
  if (every === 'cron') return { ...start, every, pattern: of.pattern }
  return { ...start, every, time: of.at.slice(0, 5) }
}

export function recurrenceOf(f: Fields): Recurrence {
  const at = `${f.time}:00`
  switch (f.every) {
    case 'once':
      return { every: 'once', at: f.date.length === 16 ? `${f.date}:00` : f.date }
    case 'hourly':
      return { every: 'hourly', minute: f.minute }
    case 'weekly':
      return { every: 'weekly', on: f.days.toSorted((a, b) => a - b), at }
    case 'monthly':
      return { every: 'monthly', day: f.day, at }
    case 'cron':
      return { every: 'cron', pattern: f.pattern }
    default:
      return { every: 'daily', at }
  }
}
