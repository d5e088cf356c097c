import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type Found, searchQuery } from '../../api/captures'
import { Page } from '../../ui/Page'
import { Empty, Failure, Loading } from '../../ui/States'
import { type UrlState, useUrlState } from '../../ui/urlState'
import { DeviceLink } from '../devices/columns'
import { Marked } from './Marked'

export default function SearchPage() {
  const [state, set] = useUrlState()
  const found = useQuery({ ...searchQuery(state), enabled: Boolean(state.q) })
  return (
    <Page title="Search outputs" about="A regular expression over what the devices said, secrets masked.">
      <Ask key={JSON.stringify(state)} state={state} ask={set} />
      {!state.q ? (
        <Empty title="Type a pattern">
          For example <code>ntp server</code>, <code>^interface .*Vlan10\d$</code> or <code>% Invalid input</code>.
        </Empty>
      ) : found.error ? (
        <Failure error={found.error} again={() => void found.refetch()} />
      ) : found.data ? (
        <Hits found={found.data} pattern={state.q} />
      ) : (
        <Loading what="Searching" />
      )}
    </Page>
  )
}

function Ask({ state, ask }: { state: UrlState; ask: (state: UrlState) => void }) {
  const [form, setForm] = useState(state)
  const field = (word: string) => ({
    value: form[word] ?? '',
    onChange: (e: { target: { value: string } }) => setForm({ ...form, [word]: e.target.value }),
  })
  const check = (word: string) => ({
    checked: form[word] === 'true',
    onChange: (_: unknown, on: boolean) => setForm({ ...form, [word]: on ? 'true' : undefined }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask(form)
  }
  return (
    <Box
      component="form"
      role="search"
      onSubmit={submit}
      sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}
    >
      <TextField autoFocus label="Pattern" type="search" {...field('q')} sx={{ flex: '1 1 260px', maxWidth: 480 }} />
      <TextField label="Capture types" placeholder="configs, version" {...field('types')} sx={{ width: 170 }} />
      <TextField label="Devices" placeholder="site=fra" {...field('devices')} sx={{ width: 170 }} />
      <FormControlLabel label="Ignore case" control={<Checkbox {...check('ignore_case')} />} />
      <FormControlLabel label="Older versions too" control={<Checkbox {...check('history')} />} />
      <Button type="submit" variant="contained">
        Search
      </Button>
    </Box>
  )
}

function Hits({ found, pattern }: { found: Found; pattern: string }) {
  const { items: hits, summary } = found
  if (hits.length === 0)
    return (
      <Empty title={`No line matches ${pattern}`}>
        The latest captures were searched. Try another case, fewer words, or older versions too.
      </Empty>
    )
  return (
    <>
      <Typography color="textSecondary" role="status" sx={{ fontSize: 12.5 }}>
        {hits.length} lines in {summary.captures_searched} captures
        {summary.limit_reached && '; there are more, narrow the pattern'}
      </Typography>
      <Box component="ul" aria-label="Matches" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {hits.map((h) => (
          <Box component="li" key={`${h.capture} ${h.line}`} sx={{ minWidth: 0 }}>
            <Box sx={{ fontSize: 12.5 }}>
              <DeviceLink slug={h.device} /> ·{' '}
              <Link to={'/captures/$id' as '/'} params={{ id: h.capture } as never} search={{ line: h.line } as never}>
                {h.capture_type}, line {h.line}
              </Link>
            </Box>
            <Marked hit={h} />
          </Box>
        ))}
      </Box>
    </>
  )
}
