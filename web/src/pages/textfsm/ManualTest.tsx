import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { addTemplate, editTemplate, templateNames, templateQuery, tryQuery } from '../../api/templates'
import { May } from '../../shell/May'
import { Choice } from '../../ui/Choice'
import { Section } from '../../ui/Fields'
import { MonoText } from '../../ui/MonoText'
import { Page } from '../../ui/Page'
import { Failure } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import { useUrlState } from '../../ui/urlState'
import { useResting } from '../../ui/useResting'
import { Parsed } from './Parsed'

const START = `Value INTERFACE (\\S+)
Value ADDRESS (\\S+)

Start
  ^\${INTERFACE}\\s+\${ADDRESS} -> Record
`

/** A template that is being written, tried on an output with every key. */
export function ManualTest({ above }: { above: ReactNode }) {
  const [{ template = '' }, set] = useUrlState()
  const names = useQuery(templateNames)
  const kept = useQuery(templateQuery(template))
  const [source, setSource] = useState(START)
  const [text, setText] = useState('')
  useEffect(() => {
    if (kept.data) setSource(kept.data.source)
  }, [kept.data])
  const [restSource, restText] = useResting([source, text] as const)
  const read = useQuery({ ...tryQuery(restSource, restText), placeholderData: keepPreviousData })
  return (
    <Page title="TextFSM tools" fill about="Write a template; what it reads is seen as it is written.">
      {above}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Choice
          label="Begin with a template"
          options={names.data ?? []}
          value={template}
          change={(name) => set({ template: name || undefined })}
          width={340}
        />
        <May as="admin">
          <Keep source={source} template={template} isOwn={kept.data?.from === 'own'} />
        </May>
      </Box>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' } }}>
        <Section title="Template">
          <MonoText label="TextFSM template" value={source} change={setSource} />
        </Section>
        <Section title="Output">
          <MonoText label="Output of a command" value={text} change={setText} />
        </Section>
      </Box>
      {read.error && <Failure error={read.error} />}
      {read.data && text !== '' && <Parsed read={read.data} name={template || 'template'} />}
    </Page>
  )
}

/** Keeps what was written as a template of one's own. */
function Keep({ source, template, isOwn }: { source: string; template: string; isOwn: boolean }) {
  const [name, setName] = useState('')
  const queries = useQueryClient()
  const tell = useToasts()
  const keep = useMutation({
    mutationFn: () => (isOwn && !name ? editTemplate(template, source) : addTemplate(name || template, source)),
    onSuccess: async ({ template: kept }) => {
      await queries.invalidateQueries({ queryKey: ['templates'] })
      tell.done(`Kept as ${kept.name}`)
    },
    onError: tell.failed,
  })
  return (
    <>
      <TextField
        label="Keep as"
        placeholder={template || 'cisco_ios_show_version'}
        value={name}
        onChange={(e) => setName(e.target.value)}
        sx={{ width: 280 }}
      />
      <Button variant="contained" loading={keep.isPending} disabled={!name && !template} onClick={() => keep.mutate()}>
        Keep
      </Button>
    </>
  )
}
