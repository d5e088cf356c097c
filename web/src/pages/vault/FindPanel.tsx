import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useChoices } from '../../api/dashboard'
import { newKey } from '../../api/runs'
import { type FindCredentials, findCredentials, findPlanQuery } from '../../api/vault'
import { Choice } from '../../ui/Choice'
import { Problem } from '../../ui/Problem'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { useResting } from '../../ui/useResting'

/** Which credential each device takes: for which devices it is tried, and what that may cost the accounts. */
export function FindPanel({ close }: { close: () => void }) {
  const [asked, setAsked] = useState<FindCredentials>({ skip_configured: true, as_whom: {} })
  const [key] = useState(newKey)
  const choices = useChoices()
  const tell = useToasts()
  const navigate = useNavigate()
  const plan = useQuery({ ...findPlanQuery(useResting(asked)), placeholderData: keepPreviousData })
  const start = useMutation({
    mutationFn: () => findCredentials(asked, key),
    onSuccess: ({ id }) => void navigate({ to: `/executions/${id}` as '/' }),
    onError: tell.failed,
  })
  const set = (to: Partial<FindCredentials>) => setAsked((old) => ({ ...old, ...to }))
  const count = plan.data?.devices.length ?? 0
  const stopped = plan.data?.accounts.filter((a) => a.stopped) ?? []
  return (
    <SidePanel title="Find out which credential devices take" close={close}>
      {(['site', 'role', 'platform'] as const).map((word) => (
        <Choice
          key={word}
          label={word.charAt(0).toUpperCase() + word.slice(1)}
          options={choices[`${word}s`]}
          value={asked[word] ?? ''}
          change={(to) => set({ [word]: to || undefined })}
        />
      ))}
      <TextField label="Part of the name" onChange={(e) => set({ search: e.target.value || undefined })} />
      <FormControlLabel
        label="Leave out devices for which one is known to work"
        control={
          <Checkbox checked={asked.skip_configured ?? false} onChange={(_, on) => set({ skip_configured: on })} />
        }
      />
      <FormControlLabel
        label="As if nothing were known of them"
        control={<Checkbox checked={asked.force ?? false} onChange={(_, on) => set({ force: on })} />}
      />
      {plan.error && <Alert severity="warning">{Problem.of(plan.error).message}</Alert>}
      {plan.data && (
        <Typography role="status">
          <strong>{count}</strong> {count === 1 ? 'device' : 'devices'} would be tried.
        </Typography>
      )}
      {plan.data && plan.data.accounts.length > 0 && (
        <ul aria-label="What it may cost the accounts" style={{ margin: 0 }}>
          {plan.data.accounts.map((a) => (
            <li key={a.credential}>
              {a.credential}: up to {a.may_use} refusals of the {a.left} that are left ({a.realm})
            </li>
          ))}
        </ul>
      )}
      {stopped.length > 0 && (
        <Alert severity="warning">
          {stopped.map((a) => a.credential).join(', ')}: stopped, so that nothing is locked.
        </Alert>
      )}
      <Button variant="contained" disabled={count === 0} loading={start.isPending} onClick={() => start.mutate()}>
        Try {count} {count === 1 ? 'device' : 'devices'}
      </Button>
    </SidePanel>
  )
}
