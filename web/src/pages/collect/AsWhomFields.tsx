import FormControlLabel from '@mui/material/FormControlLabel'
import Radio from '@mui/material/Radio'
import RadioGroup from '@mui/material/RadioGroup'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AsWhom } from '../../api/runs'
import { vaultQuery } from '../../api/vault'

/** What the fields hold, once the form is sent. */
export function asWhomOf(form: FormData): AsWhom {
  const said = (word: string) => String(form.get(word) ?? '') || undefined
  if (form.get('by') === 'vault') return {}
  return { username: said('username'), password: said('password'), enable: said('enable') }
}

/** An account that is typed, or what the unlocked vault holds: passwords, keys, another one for each device. */
export function AsWhomFields() {
  const vault = useQuery(vaultQuery)
  const open = vault.data?.unlocked === true && vault.data.credentials > 0
  const [by, setBy] = useState<'typed' | 'vault' | null>(null)
  const chosen = by ?? (open ? 'vault' : 'typed')
  return (
    <>
      <RadioGroup
        row
        name="by"
        value={chosen}
        onChange={(_, to) => setBy(to as 'typed' | 'vault')}
        aria-label="As whom"
      >
        <FormControlLabel value="typed" control={<Radio size="small" />} label="User name and password" />
        <FormControlLabel
          value="vault"
          disabled={!open}
          control={<Radio size="small" />}
          label="Credentials and keys of the vault"
        />
      </RadioGroup>
      {chosen === 'typed' ? (
        <>
          <TextField name="username" label="User name" autoComplete="off" required />
          <TextField name="password" label="Password" type="password" autoComplete="off" required />
          <TextField
            name="enable"
            label="Enable password"
            type="password"
            autoComplete="off"
            helperText="The password serves when it is empty"
          />
        </>
      ) : (
        <Typography color="textSecondary">
          Each device is asked as what worked on it last; then by the {vault.data?.credentials} credentials of the
          vault, within the tries that lock no account.
        </Typography>
      )}
      {!open && (
        <Typography color="textSecondary" sx={{ fontSize: 12.5 }}>
          {vault.data?.exists ? 'The vault is locked.' : 'There is no vault yet.'} What is typed here is used for this
          run and not stored.
        </Typography>
      )}
    </>
  )
}
