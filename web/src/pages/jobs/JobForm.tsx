import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useDeferredValue, useState } from 'react'
import { addJob, editJob, type Job, type JobDraft } from '../../api/jobs'
import { useMay } from '../../api/session'
import { useToasts } from '../../ui/Toasts'
import { useUrlState } from '../../ui/urlState'
import { useWritten } from '../objects/ObjectPanel'
import { DevicesPart, HowPart, IdentityPart, type PartProps, WhatPart } from './JobParts'
import { Matching } from './Matching'

const TABS: { id: string; label: string; show: (props: PartProps) => ReactNode }[] = [
  { id: 'identity', label: 'Identity', show: (props) => <IdentityPart {...props} /> },
  { id: 'commands', label: 'Commands', show: (props) => <WhatPart {...props} /> },
  { id: 'devices', label: 'Device filters', show: (props) => <DevicesPart {...props} /> },
  { id: 'execution', label: 'Execution', show: (props) => <HowPart {...props} /> },
]

/** A job in four parts, and beside them which devices it would ask now. */
export function JobForm({ start, kept }: { start: JobDraft; kept?: Job }) {
  const [draft, setDraft] = useState(start)
  const [{ tab = 'identity' }, set] = useUrlState()
  const mayEdit = useMay('operator')
  const tell = useToasts()
  const written = useWritten()
  const navigate = useNavigate()
  const shown = TABS.find((t) => t.id === tab) ?? TABS[0]
  const save = useMutation({
    mutationFn: () => (kept ? editJob(kept.slug, kept.version, draft) : addJob(draft)),
    onSuccess: ({ undo, records }) => {
      written(kept ? 'Saved' : `Added the job ${draft.name}`, undo)
      const id = records[0]?.id
      if (!kept && id !== undefined) void navigate({ to: `/jobs/${id}` as '/' })
      else if (kept && draft.slug && draft.slug !== kept.slug) void navigate({ to: `/jobs/${draft.slug}` as '/' })
    },
    onError: tell.failed,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const same = JSON.stringify(draft) === JSON.stringify(start)
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 1fr) 380px' } }}>
      <Box component="form" onSubmit={submit} sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, minWidth: 0 }}>
        <Tabs
          value={shown?.id}
          onChange={(_, id) => set({ tab: id })}
          variant="scrollable"
          aria-label="Parts of the job"
        >
          {TABS.map((t) => (
            <Tab key={t.id} value={t.id} label={t.label} />
          ))}
        </Tabs>
        {shown?.show({ draft, change: setDraft })}
        {mayEdit ? (
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button
              type="submit"
              variant="contained"
              loading={save.isPending}
              disabled={draft.name.trim() === '' || (kept !== undefined && same)}
            >
              Save
            </Button>
            <Button onClick={() => void navigate({ to: '/jobs' as '/' })}>Back to the jobs</Button>
          </Box>
        ) : (
          <Alert severity="info">Jobs are changed by operators.</Alert>
        )}
      </Box>
      <Matching draft={useDeferredValue(draft)} />
    </Box>
  )
}
