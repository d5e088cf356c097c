import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Paper from '@mui/material/Paper'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { logIn, meQuery, setPassword } from '../../api/session'
import { Problem } from '../../ui/Problem'

const SHORTEST = 12

/** Name and password. The first log-in of a user who was given a password goes on with a password of their own. */
export default function LoginPage() {
  const queries = useQueryClient()
  const enter = useMutation({
    mutationFn: (form: FormData) => logIn(String(form.get('name')), String(form.get('password'))),
    onSuccess: (me) => queries.setQueryData(meQuery.queryKey, me),
  })
  return (
    <Card
      title="Log in"
      submit="Log in"
      busy={enter.isPending}
      error={enter.error}
      send={(form) => enter.mutate(form)}
      hint="The first time, the name is admin and the password is the one that “velocity init” printed once."
    >
      <TextField name="name" label="Name" autoComplete="username" autoFocus required fullWidth />
      <TextField name="password" label="Password" type="password" autoComplete="current-password" required fullWidth />
    </Card>
  )
}

export function ChangePasswordPage({ done }: { done: () => void }) {
  const change = useMutation({
    mutationFn: async (form: FormData) => {
      const [old, next, again] = ['old', 'next', 'again'].map((word) => String(form.get(word))) as [
        string,
        string,
        string,
      ]
      if (next !== again) throw new Problem(0, 'The two new passwords are not the same', 'Type the new one twice.')
      await setPassword(old, next)
    },
    onSuccess: done,
  })
  return (
    <Card
      title="Choose a password"
      submit="Set password"
      busy={change.isPending}
      error={change.error}
      send={(form) => change.mutate(form)}
      hint={`The one you were given is good for this alone. At least ${SHORTEST} characters; a few words are fine.`}
    >
      <TextField
        name="old"
        label="Password until now"
        type="password"
        autoComplete="current-password"
        required
        fullWidth
        autoFocus
      />
      <TextField
        name="next"
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        fullWidth
        slotProps={{ htmlInput: { minLength: SHORTEST } }}
      />
      <TextField
        name="again"
        label="New password again"
        type="password"
        autoComplete="new-password"
        required
        fullWidth
      />
    </Card>
  )
}

interface CardProps {
  title: string
  submit: string
  hint: string
  busy: boolean
  error: unknown
  send: (form: FormData) => void
  children: ReactNode
}

function Card({ title, submit, hint, busy, error, send, children }: CardProps) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send(new FormData(event.currentTarget))
  }
  return (
    <Box component="main" sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', p: 2 }}>
      <Paper
        component="form"
        onSubmit={onSubmit}
        sx={{ p: 3, width: '100%', maxWidth: 380, display: 'grid', gap: 1.5 }}
      >
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <img src="/icon.svg" width={32} height={32} alt="" />
          <Typography sx={{ fontWeight: 700, fontSize: 18 }}>Velocity</Typography>
        </Box>
        <Typography variant="h1">{title}</Typography>
        {children}
        {error != null && <Alert severity="error">{refusal(Problem.of(error))}</Alert>}
        <Button type="submit" variant="contained" size="medium" loading={busy}>
          {submit}
        </Button>
        <Typography color="textSecondary" sx={{ fontSize: 12.5 }}>
          {hint}
        </Typography>
      </Paper>
    </Box>
  )
}

const refusal = (problem: Problem) => problem.detail ?? problem.title
