import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Step from '@mui/material/Step'
import StepLabel from '@mui/material/StepLabel'
import Stepper from '@mui/material/Stepper'
import type { ReactNode } from 'react'

export function Steps({ names, at }: { names: string[]; at: number }) {
  return (
    <Stepper activeStep={at} aria-label="Steps" sx={{ overflowX: 'auto' }}>
      {names.map((name) => (
        <Step key={name} aria-current={names[at] === name ? 'step' : undefined}>
          <StepLabel>{name}</StepLabel>
        </Step>
      ))}
    </Stepper>
  )
}

/** Back and on, at the end of a step. */
export function Onward(props: { back?: () => void; children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', gap: 1, justifyContent: 'flex-end' }}>
      {props.back && (
        <Button onClick={props.back} variant="outlined">
          Back
        </Button>
      )}
      {props.children}
    </Box>
  )
}
