import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addPreset, type Preset, presetsQuery } from '../../api/schedules'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { useWritten } from '../objects/ObjectPanel'
import { HERE, ZoneField } from './ZoneField'

/** What most installations want to run by itself: a job and its schedule in one step. */
export function PresetsPanel({ close }: { close: () => void }) {
  const [zone, setZone] = useState(HERE)
  const presets = useQuery(presetsQuery)
  return (
    <SidePanel title="Presets" close={close}>
      <Typography color="textSecondary">
        Each is a job for all active devices, and its schedule. Both can be changed afterwards.
      </Typography>
      <ZoneField zone={zone} set={setZone} />
      <ul aria-label="Presets" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {(presets.data?.items ?? []).map((p) => (
          <PresetRow key={p.name} preset={p} zone={zone} />
        ))}
      </ul>
    </SidePanel>
  )
}

function PresetRow({ preset: p, zone }: { preset: Preset; zone: string }) {
  const tell = useToasts()
  const written = useWritten()
  const add = useMutation({
    mutationFn: () => addPreset({ name: p.name, zone }),
    onSuccess: ({ job }) => written(`${p.title}: ${p.when}`, job.undo),
    onError: tell.failed,
  })
  return (
    <Box
      component="li"
      sx={{ display: 'flex', alignItems: 'center', gap: 1, py: 1, borderTop: 1, borderColor: 'divider' }}
    >
      <div style={{ flex: 1 }}>
        <Typography>{p.title}</Typography>
        <Typography color="textSecondary" variant="body2">
          {p.captures.join(', ')}, {p.when}
        </Typography>
      </div>
      <Button
        variant="outlined"
        loading={add.isPending}
        disabled={p.kept}
        onClick={() => add.mutate()}
        aria-label={p.kept ? `${p.name} is there` : `Add ${p.name}`}
      >
        {p.kept ? 'There' : 'Add'}
      </Button>
    </Box>
  )
}
