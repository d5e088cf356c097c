import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import MenuItem from '@mui/material/MenuItem'
import Slider from '@mui/material/Slider'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { mapDifference } from '../../api/topology'
import { utc } from '../../ui/time'
import { useUrlState } from '../../ui/urlState'
import { marksOf, momentOf, SPANS, stepsOf } from './timeline'

/** The map as it was: a slider from so many days ago until now, and what came and went since then. */
export function TimeSlider() {
  const [{ at, span = '7' }, set] = useUrlState()
  const [now] = useState(() => Date.now())
  const days = Number(span)
  const [moving, setMoving] = useState<number | null>(null)
  const place = moving ?? stepsOf(at, days, now)
  const then = moving === null ? at : momentOf(moving, days, now)
  return (
    <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
      <TextField
        select
        label="Reaches back"
        value={span}
        onChange={(e) => set({ span: e.target.value })}
        sx={{ width: 130 }}
      >
        {SPANS.map((d) => (
          <MenuItem key={d} value={String(d)}>
            {d === 1 ? '1 day' : `${d} days`}
          </MenuItem>
        ))}
      </TextField>
      <Slider
        size="small"
        sx={{ flex: '1 1 260px', mx: 4, maxWidth: 600 }}
        min={-100}
        max={0}
        marks={marksOf(days)}
        value={place}
        onChange={(_, to) => setMoving(to as number)}
        onChangeCommitted={(_, to) => {
          setMoving(null)
          set({ at: momentOf(to as number, days, now) })
        }}
        getAriaValueText={(to) => momentText(momentOf(to, days, now))}
        slotProps={{ input: { 'aria-label': 'The map as it was at' } }}
        valueLabelDisplay="auto"
        valueLabelFormat={(to) => momentText(momentOf(to, days, now))}
      />
      {then ? (
        <>
          <Since at={then} />
          <Button onClick={() => set({ at: undefined })}>Now</Button>
        </>
      ) : (
        <Typography color="textSecondary">The map as it is now</Typography>
      )}
    </Box>
  )
}

const momentText = (at: string | undefined) => (at ? `${utc(at)} UTC` : 'now')

function Since({ at }: { at: string }) {
  const since = useQuery(mapDifference(at))
  const d = since.data
  const parts: [unknown[], string, string][] | undefined = d && [
    [d.devices_added, 'device', 'came'],
    [d.devices_removed, 'device', 'went'],
    [d.links_added, 'link', 'came'],
    [d.links_removed, 'link', 'went'],
  ]
  const said = parts
    ?.filter(([of]) => of.length > 0)
    .map(([of, what, word]) => `${of.length} ${what}${of.length === 1 ? '' : 's'} ${word}`)
  return (
    <Typography role="status">
      {utc(at)} UTC{said && `; since then ${said.join(', ') || 'nothing became different'}`}
    </Typography>
  )
}
