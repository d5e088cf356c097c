import Button from '@mui/material/Button'
import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addCredential, type Credential, makeDefault, removeCredential, replaceCredential } from '../../api/vault'
import { useConfirm } from '../../ui/Confirm'
import { Problem } from '../../ui/Problem'
import { SidePanel } from '../../ui/SidePanel'
import { useToasts } from '../../ui/Toasts'
import { askedOf, KINDS, type SecretKind } from './secrets'

/** A credential that is put into the vault, or another secret in its place. What is in it is never shown. */
export function CredentialPanel({ credential, close }: { credential: Credential | null; close: () => void }) {
  const [kind, setKind] = useState<SecretKind>((credential?.kind as SecretKind | undefined) ?? 'login')
  const queries = useQueryClient()
  const tell = useToasts()
  const confirm = useConfirm()
  const done = async (text: string) => {
    await Promise.all(['credentials', 'vault', 'creds-status'].map((k) => queries.invalidateQueries({ queryKey: [k] })))
    close()
    tell.done(text)
  }
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const asked = askedOf(kind, form, credential)
      return credential ? replaceCredential(credential.name, asked) : addCredential(asked)
    },
    onSuccess: () => done(credential ? `Sealed ${credential.name} anew` : 'Sealed in the vault'),
    onError: tell.failed,
  })
  const remove = async (of: Credential) => {
    const preview = 'What is known of devices that took it is forgotten. This cannot be undone.'
    if (!(await confirm({ title: `Remove ${of.name} from the vault?`, preview, yes: 'Remove', danger: true }))) return
    try {
      await removeCredential(of.name)
    } catch (thrown) {
      const problem = Problem.of(thrown)
      if (problem.status !== 409) return tell.failed(problem)
      const asked = { title: `${of.name} is pinned to devices`, preview: problem.detail, yes: 'Unpin and remove' }
      if (!(await confirm({ ...asked, danger: true }))) return
      await removeCredential(of.name, true)
    }
    await done(`Removed ${of.name}`)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(new FormData(event.currentTarget))
  }
  const chosen = KINDS[kind] ?? KINDS.login
  return (
    <SidePanel title={credential ? credential.name : 'New credential'} close={close}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
        {!credential && <TextField name="name" label="Name" required autoFocus placeholder="tacacs-ops" />}
        <TextField
          select
          label="Kind"
          value={kind}
          onChange={(e) => setKind(e.target.value as SecretKind)}
          disabled={credential !== null}
        >
          {Object.entries(KINDS).map(([word, k]) => (
            <MenuItem key={word} value={word}>
              {k.label}
            </MenuItem>
          ))}
        </TextField>
        {chosen.hasUser && (
          <TextField
            name="username"
            label="User name"
            required={kind !== 'token'}
            defaultValue={credential?.username}
            autoComplete="off"
          />
        )}
        {chosen.fields.map((f) =>
          f.options ? (
            <TextField key={`${kind} ${f.name}`} select name={f.name} label={f.label} defaultValue="">
              <MenuItem value="">none</MenuItem>
              {f.options.map((o) => (
                <MenuItem key={o} value={o}>
                  {o}
                </MenuItem>
              ))}
            </TextField>
          ) : (
            <TextField
              key={`${kind} ${f.name}`}
              name={f.name}
              label={f.label}
              helperText={f.hint}
              required={f.required}
              multiline={f.isLong}
              minRows={f.isLong ? 3 : undefined}
              type={f.isLong ? undefined : 'password'}
              autoComplete="new-password"
            />
          ),
        )}
        {kind === 'login' && (
          <TextField
            name="realm"
            label="Checked by"
            defaultValue={credential?.realm}
            helperText="The AAA group; `local` when each device keeps its own; empty when it is not known"
          />
        )}
        <TextField
          name="priority"
          label="Priority"
          type="number"
          defaultValue={credential?.priority ?? 100}
          helperText="A lower number is tried first"
        />
        <TextField name="notes" label="Notes" defaultValue={credential?.notes ?? ''} />
        {!credential?.is_default && kind === 'login' && (
          <FormControlLabel
            name="default"
            control={<Checkbox />}
            label="The one that is tried where nothing is known"
          />
        )}
        <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
          <Button type="submit" variant="contained" loading={save.isPending}>
            {credential ? 'Seal anew' : 'Seal'}
          </Button>
          {credential && !credential.is_default && (
            <Button
              variant="outlined"
              onClick={() => void makeDefault(credential.name).then(() => done('It is the default now'), tell.failed)}
            >
              Make it the default
            </Button>
          )}
          {credential && (
            <Button color="error" onClick={() => void remove(credential).catch(tell.failed)}>
              Remove…
            </Button>
          )}
        </div>
      </form>
    </SidePanel>
  )
}
