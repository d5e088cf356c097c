import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Settings, settingsQuery, writeSettings } from '../../api/system'
import { Section } from '../../ui/Fields'
import { MonoText } from '../../ui/MonoText'
import { Page } from '../../ui/Page'
import { Problem } from '../../ui/Problem'
import { Failure, Loading } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'

/** `config.yaml`: what it says, checked before it is written, and what holds by it. */
export default function SettingsPage() {
  const settings = useQuery(settingsQuery)
  if (settings.error) return <Failure error={settings.error} again={() => void settings.refetch()} />
  if (!settings.data) return <Loading />
  return (
    <Page title="Settings" fill about={settings.data.file}>
      <Editor key={settings.data.version} settings={settings.data} />
    </Page>
  )
}

function Editor({ settings }: { settings: Settings }) {
  const [text, setText] = useState(settings.text)
  const [checked, setChecked] = useState<{ text: string; problem: string | null } | null>(null)
  const queries = useQueryClient()
  const tell = useToasts()
  const check = useMutation({
    mutationFn: () => writeSettings(text, settings.version, true),
    onSuccess: () => setChecked({ text, problem: null }),
    onError: (error) => setChecked({ text, problem: Problem.of(error).message }),
  })
  const write = useMutation({
    mutationFn: () => writeSettings(text, settings.version, false),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: settingsQuery.queryKey })
      tell.done('Written; it holds when the server is started again')
    },
    onError: tell.failed,
  })
  const isChecked = checked?.text === text
  return (
    <>
      {settings.needs_restart && (
        <Alert severity="warning">
          The file says something else than what this server goes by: start it again for it to hold.
        </Alert>
      )}
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', lg: '3fr 2fr' } }}>
        <Section title="config.yaml">
          <MonoText
            label="The file"
            rows={16}
            value={text}
            change={setText}
            hint="******** stands for a password that is there"
          />
          {isChecked && (
            <Alert severity={checked.problem ? 'error' : 'success'} sx={{ my: 1 }}>
              {checked.problem ?? 'It can be written.'}
            </Alert>
          )}
          <Box sx={{ display: 'flex', gap: 1, mt: 1 }}>
            <Button variant="outlined" loading={check.isPending} onClick={() => check.mutate()}>
              Check
            </Button>
            <Button
              variant="contained"
              loading={write.isPending}
              disabled={text === settings.text || !isChecked || checked.problem !== null}
              onClick={() => write.mutate()}
            >
              Write
            </Button>
          </Box>
        </Section>
        <Section title="What holds">
          <Box component="pre" tabIndex={0} sx={{ m: 0, overflow: 'auto', maxHeight: 560, fontSize: 12 }}>
            {JSON.stringify(settings.in_effect, null, 2)}
          </Box>
        </Section>
      </Box>
    </>
  )
}
