import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type Candidate, detectQuery, type ParseText, readQuery } from '../../api/templates'
import { Section } from '../../ui/Fields'
import { MonoText } from '../../ui/MonoText'
import { Page } from '../../ui/Page'
import { Empty, Failure } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { columnsOf } from '../../ui/table/make'
import { RowButton } from '../../ui/table/RowButton'
import { TableBlock } from '../../ui/table/TableBlock'
import { useUrlState } from '../../ui/urlState'
import { Parsed } from './Parsed'

/** An output against all templates: which fit, how well, and what each reads. */
export function DatabaseTest({ above }: { above: ReactNode }) {
  const [{ capture }] = useUrlState()
  const [text, setText] = useState('')
  const [hints, setHints] = useState({ platform: '', command: '' })
  const [asked, setAsked] = useState<ParseText | null>(capture ? { capture: Number(capture) } : null)
  const [chosen, choose] = useState<string | null>(null)
  const found = useQuery({ ...detectQuery(asked ?? {}), enabled: asked !== null })
  const best = chosen ?? found.data?.items[0]?.template
  const read = useQuery({ ...readQuery({ ...asked, templates: best ? [best] : [] }), enabled: best !== undefined })
  const hint = (word: 'platform' | 'command', label: string, placeholder: string) => (
    <TextField
      label={label}
      placeholder={placeholder}
      value={hints[word]}
      onChange={(e) => setHints((old) => ({ ...old, [word]: e.target.value }))}
      sx={{ width: 200 }}
    />
  )
  return (
    <Page title="TextFSM tools" fill about="Which template reads an output, and what each would make of it.">
      {above}
      <Box sx={columns}>
        <Section title="Output">
          <Box sx={{ display: 'grid', gap: 1.5 }}>
            {capture && !text ? (
              <span>
                Capture {capture}.{' '}
                <Button onClick={() => setText(' ')} sx={{ p: 0 }}>
                  Use another text
                </Button>
              </span>
            ) : (
              <MonoText label="Output of a command" rows={8} value={text} change={setText} />
            )}
            <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
              {hint('platform', 'Platform', 'any')}
              {hint('command', 'Command', 'any')}
              <Button
                variant="contained"
                disabled={text.trim() === '' && !capture}
                loading={found.isFetching}
                onClick={() => {
                  choose(null)
                  setAsked(text.trim() ? { text, ...hints } : { capture: Number(capture), ...hints })
                }}
              >
                Find the template
              </Button>
            </Box>
          </Box>
        </Section>
        <Section title="Templates that fit">
          {found.error ? (
            <Failure error={found.error} />
          ) : (
            <TableBlock
              short
              label="Templates that fit"
              file="candidates"
              columns={candidatesWith(choose, best)}
              rows={found.data?.items ?? []}
              keyOf={(c) => c.template}
              onOpen={(c) => choose(c.template)}
              loading={found.isFetching}
              empty={
                <Empty title={asked ? 'No template fits' : 'Nothing was tested yet'}>
                  {asked ? 'Write one under Manual test.' : 'Paste an output, or come here from a capture.'}
                </Empty>
              }
            />
          )}
        </Section>
      </Box>
      {read.error && <Failure error={read.error} />}
      {read.data && <Parsed read={read.data} name={best ?? 'rows'} />}
    </Page>
  )
}

const columns = { display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' } }

const of = columnsOf<Candidate>()

const candidatesWith = (choose: (name: string) => void, best: string | undefined): Column<Candidate>[] => [
  of.text('template', 'Template', 170, {
    grow: 3,
    cell: (c) => <RowButton text={`${c.template === best ? '▸ ' : ''}${c.template}`} run={() => choose(c.template)} />,
  }),
  of.count('confidence', 'Sure', 70, { text: (c) => `${Math.round(c.confidence * 100)} %` }),
  of.count('score', 'Score', 70, { text: (c) => Math.round(c.score) }),
  of.count('records', 'Rows', 65),
  of.count('read', 'Lines read', 95, { text: (c) => `${c.read} of ${c.lines}` }),
]
