import Add from '@mui/icons-material/Add'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { pauseSchedule, type Schedule, scheduleRows } from '../../api/schedules'
import { useMay } from '../../api/session'
import { useNewKey } from '../../ui/keys'
import { StateChip } from '../../ui/StateChip'
import { Empty } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { RowButton } from '../../ui/table/RowButton'
import { TablePage } from '../../ui/table/TablePage'
import { useWritten } from '../objects/ObjectPanel'
import { JobLink } from './columns'
import { PresetsPanel } from './PresetsPanel'
import { SchedulePanel } from './SchedulePanel'

/** When jobs are run. */
export default function SchedulesPage() {
  const [open, setOpen] = useState<Schedule | 'new' | 'presets' | null>(null)
  const mayEdit = useMay('operator')
  const tell = useToasts()
  const written = useWritten()
  const pause = (s: Schedule) =>
    void pauseSchedule(s.id, s.state !== 'paused').then(
      (now) => written(`${now.job}, ${now.when}: ${now.state}`, now.undo),
      tell.failed,
    )
  useNewKey('New schedule', () => mayEdit && setOpen('new'))
  return (
    <>
      <TablePage
        title="Schedules"
        about={
          <>
            When jobs are run. Something must be there to run them: <code>velocity start</code> or the daemon.
          </>
        }
        file="schedules"
        noun={['schedule', 'schedules']}
        columns={columnsWith(setOpen, mayEdit ? pause : undefined)}
        query={scheduleRows}
        keyOf={(s) => s.id}
        onOpen={setOpen}
        actions={
          mayEdit && (
            <>
              <Button variant="outlined" onClick={() => setOpen('presets')}>
                Presets…
              </Button>
              <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('new')}>
                New schedule
              </Button>
            </>
          )
        }
        empty={<Empty title="Nothing is scheduled">Take a preset, or make a job and say when it is run.</Empty>}
      />
      {open === 'presets' && <PresetsPanel close={() => setOpen(null)} />}
      {open && open !== 'presets' && (
        <SchedulePanel schedule={open === 'new' ? null : open} close={() => setOpen(null)} />
      )}
    </>
  )
}

const of = columnsOf<Schedule>()

const columnsWith = (open: (s: Schedule) => void, pause?: (s: Schedule) => void): Column<Schedule>[] => [
  of.text('when', 'When', 150, { grow: 2, cell: (s) => <RowButton text={s.when} run={() => open(s)} /> }),
  of.text('job', 'Job', 140, { grow: 2, cell: (s) => <JobLink slug={s.job} /> }),
  of.when('next', 'Next', 100),
  of.text('next_local', 'By its clock', 165),
  of.text('zone', 'Zone', 115),
  of.text('last', 'Last', 95, {
    text: (s) => s.last?.outcome,
    cell: (s) => s.last && <StateChip state={s.last.outcome} />,
  }),
  of.state('state', 'State', 105),
  of.text('id', 'Pause', 75, {
    text: () => '',
    cell: (s) =>
      pause && (
        <Button sx={{ p: 0 }} onClick={() => pause(s)} aria-label={`${word(s)} ${s.when} of ${s.job}`}>
          {word(s)}
        </Button>
      ),
  }),
]

const word = (s: Schedule) => (s.state === 'paused' ? 'Go on' : 'Pause')
