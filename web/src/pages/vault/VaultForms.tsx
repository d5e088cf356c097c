import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { changeVaultPassword, exportVault, makeVault, unlockVault } from '../../api/vault'
import { save } from '../../ui/csv'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'

export type Asks = 'unlock' | 'make' | 'change' | 'export'

const FORMS: Record<Asks, { title: string; yes: string; fields: [name: string, label: string, isNew: boolean][] }> = {
  unlock: { title: 'Unlock the vault', yes: 'Unlock', fields: [['password', 'Password of the vault', false]] },
  make: {
    title: 'Make the vault',
    yes: 'Make',
    fields: [
      ['password', 'Password of the vault', true],
      ['again', 'The same again', true],
    ],
  },
  change: {
    title: 'Another password of the vault',
    yes: 'Change',
    fields: [
      ['old', 'Password until now', false],
      ['password', 'New password', true],
      ['again', 'The same again', true],
    ],
  },
  export: {
    title: 'All credentials in a file',
    yes: 'Save the file',
    fields: [
      ['old', 'Password of the vault', false],
      ['password', 'Password of the file', true],
      ['again', 'The same again', true],
    ],
  },
}

const HINTS: Partial<Record<Asks, string>> = {
  make: 'It is kept nowhere: without it nothing in the vault can be read.',
  export: 'The file is sealed under a password of its own; `velocity vault import` reads it.',
}

/** Opening the vault, making it, and giving it another password. */
export function VaultForm({ asks, close, done }: { asks: Asks; close: () => void; done: () => void }) {
  const tell = useToasts()
  const { title, yes, fields } = FORMS[asks]
  const send = useMutation({
    mutationFn: async (form: FormData) => {
      const said = (name: string) => String(form.get(name) ?? '')
      if (asks === 'unlock') return unlockVault(said('password'))
      if (said('password') !== said('again')) throw new Error('The two new passwords are not the same.')
      if (asks === 'change') return changeVaultPassword(said('old'), said('password'))
      if (asks === 'export')
        return save('vault.velocity.json', 'application/json', await exportVault(said('old'), said('password')))
      await makeVault(said('password'))
      return unlockVault(said('password'))
    },
    onSuccess: done,
    onError: tell.failed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send.mutate(new FormData(event.currentTarget))
  }
  return (
    <SidePanel title={title} close={close}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        {fields.map(([name, label, isNew], at) => (
          <TextField
            key={name}
            name={name}
            type="password"
            label={label}
            required
            autoFocus={at === 0}
            autoComplete={isNew ? 'new-password' : 'off'}
            helperText={at === 0 ? HINTS[asks] : undefined}
          />
        ))}
        <Button type="submit" variant="contained" loading={send.isPending}>
          {yes}
        </Button>
      </form>
    </SidePanel>
  )
}
