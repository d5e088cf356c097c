import Box from '@mui/material/Box'
import Slider from '@mui/material/Slider'
import Typography from '@mui/material/Typography'

/** How many devices are asked at once. */
export function WorkersSlider({ value, change }: { value: number; change: (n: number) => void }) {
  return (
    <Box sx={{ px: 1 }}>
      <Typography id="workers">Devices at once: {value}</Typography>
      <Slider
        value={value}
        min={1}
        max={500}
        onChange={(_, n) => change(n as number)}
        aria-labelledby="workers"
        valueLabelDisplay="auto"
        size="small"
      />
    </Box>
  )
}
