import Alert from '@mui/material/Alert'
import Autocomplete from '@mui/material/Autocomplete'
import Button from '@mui/material/Button'
import Chip from '@mui/material/Chip'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import ToggleButton from '@mui/material/ToggleButton'
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup'
import Typography from '@mui/material/Typography'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { jobRows } from '../../api/jobs'
import {
  addSchedule,
  deleteSchedule,
  editSchedule,
  type NewSchedule,
  nextTimesQuery,
  type Schedule,
} from '../../api/schedules'
import { useMay } from '../../api/session'
import { Problem } from '../../ui/Problem'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { useRows } from '../../ui/useRows'
import { useWritten } from '../objects/ObjectPanel'
import { EVERY, type Every, type Fields, fieldsOf, PRESETS, recurrenceOf } from './recurrence'
import { HERE, ZoneField } from './ZoneField'

const ALL_JOBS = jobRows({})
/** A schedule, and when it would run next, worked out by the server as it is written. */
export function SchedulePanel({ schedule, close }: { schedule: Schedule | null; close: () => void }) {
  const [job, setJob] = useState(schedule?.job ?? '')
  const [fields, setFields] = useState<Fields>(() => fieldsOf(schedule?.recurrence))
  const [zone, setZone] = useState(schedule?.zone ?? HERE)
  const [jitter, setJitter] = useState(schedule?.jitter_seconds ?? 0)
  const [missed, setMissed] = useState(schedule?.missed ?? 'skip')
  const jobs = useRows(ALL_JOBS)
  const mayEdit = useMay('operator')
  const written = useWritten()
  const tell = useToasts()
  const draft: NewSchedule = { job, recurrence: recurrenceOf(fields), zone, jitter_seconds: jitter, missed }
  const done = (text: string) => (of: Schedule) => {
    close()
    written(text, of.undo)
  }
  const save = useMutation({
    mutationFn: () => (schedule ? editSchedule(schedule.id, draft) : addSchedule(draft)),
    onSuccess: done('Schedule saved'),
    onError: tell.failed,
  })
  const set = (to: Partial<Fields>) => setFields((old) => ({ ...old, ...to }))
  return (
    <SidePanel title={schedule ? `${schedule.job}, ${schedule.when}` : 'New schedule'} close={close}>
      <Autocomplete
        size="small"
        options={jobs.rows.map((j) => j.slug)}
        value={job || null}
        onChange={(_, to) => setJob(to ?? '')}
        renderInput={(params) => <TextField {...params} label="Job" required />}
      />
      <div>
        {PRESETS.map((p) => (
          <Chip
            key={p.label}
            label={p.label}
            onClick={() => setFields(fieldsOf(p.recurrence))}
            sx={{ mr: 0.5, mb: 0.5 }}
          />
        ))}
      </div>
      <TextField
        select
        label="How often"
        value={fields.every}
        onChange={(e) => set({ every: e.target.value as Every })}
      >
        {EVERY.map((e) => (
          <MenuItem key={e.every} value={e.every}>
            {e.label}
          </MenuItem>
        ))}
      </TextField>
      <WhenFields fields={fields} set={set} />
      <ZoneField zone={zone} set={setZone} />
      <TextField
        label="Put off by up to so many seconds"
        helperText="Spreads what would begin at the same moment"
        type="number"
        value={jitter}
        onChange={(e) => setJitter(Number(e.target.value))}
        slotProps={{ htmlInput: { min: 0, max: 43_200 } }}
      />
      <TextField
        select
        label="Times at which nothing ran"
        value={missed}
        onChange={(e) => setMissed(e.target.value as typeof missed)}
      >
        <MenuItem value="run_once">are made up for once</MenuItem>
        <MenuItem value="skip">are left out</MenuItem>
      </TextField>
      <NextTimes draft={draft} />
      {mayEdit && (
        <div style={{ display: 'flex', gap: 8 }}>
          <Button variant="contained" loading={save.isPending} disabled={job === ''} onClick={() => save.mutate()}>
            Save
          </Button>
          {schedule && (
            <Button
              color="error"
              onClick={() => void deleteSchedule(schedule.id).then(done('Schedule deleted'), tell.failed)}
            >
              Delete
            </Button>
          )}
        </div>
      )}
    </SidePanel>
  )
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function WhenFields({ fields: f, set }: { fields: Fields; set: (to: Partial<Fields>) => void }) {
  const number = (word: 'minute' | 'day', label: string, min: number, max: number) => (
    <TextField
      label={label}
      type="number"
      value={f[word]}
      onChange={(e) => set({ [word]: Number(e.target.value) })}
      slotProps={{ htmlInput: { min, max } }}
    />
  )
  const hasTime = ['daily', 'weekly', 'monthly'].includes(f.every)
  return (
    <>
      {f.every === 'weekly' && (
        <ToggleButtonGroup
          size="small"
          aria-label="Days of the week"
          value={f.days}
          onChange={(_, days: number[]) => days.length > 0 && set({ days })}
        >
          {DAYS.map((day, n) => (
            <ToggleButton key={day} value={n + 1} sx={{ textTransform: 'none', px: 1.25 }}>
              {day}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      )}
      {f.every === 'monthly' && number('day', 'Day; the last where a month is shorter', 1, 31)}
      {f.every === 'hourly' && number('minute', 'At this minute', 0, 59)}
      {hasTime && <TextField label="At" type="time" value={f.time} onChange={(e) => set({ time: e.target.value })} />}
      {f.every === 'once' && (
        <TextField
          label="At"
          type="datetime-local"
          value={f.date}
          onChange={(e) => set({ date: e.target.value })}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      )}
      {f.every === 'cron' && (
        <TextField
          label="Pattern"
          className="mono"
          helperText="Minute, hour, day, month, day of the week; or a word such as @daily"
          value={f.pattern}
          onChange={(e) => set({ pattern: e.target.value })}
        />
      )}
    </>
  )
}

function NextTimes({ draft }: { draft: NewSchedule }) {
  const next = useQuery(nextTimesQuery(draft))
  if (draft.job === '') return <Typography color="textSecondary">Choose a job to see when it would run.</Typography>
  if (next.error) return <Alert severity="warning">{Problem.of(next.error).message}</Alert>
  return (
    <div>
      <Typography variant="h3" component="h3" sx={{ fontSize: 13, fontWeight: 650 }}>
        Next runs
      </Typography>
      <ol aria-label="Next runs" style={{ margin: 0, paddingLeft: 20 }}>
        {(next.data?.items ?? []).map((t) => (
          <li key={t.at}>
            <time dateTime={t.at}>{t.local}</time>
          </li>
        ))}
      </ol>
    </div>
  )
}
