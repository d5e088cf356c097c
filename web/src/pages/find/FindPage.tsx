import Search from '@mui/icons-material/Search'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { findQuery } from '../../api/find'
import { Page } from '../../ui/Page'
import { Empty, Failure, Loading } from '../../ui/States'
import { useUrlState } from '../../ui/urlState'
import { FindReportView } from './FindReportView'

export default function FindPage() {
  const [{ q = '', at }, set] = useUrlState()
  const report = useQuery({ ...findQuery(q, at), enabled: q !== '' })
  return (
    <Page
      title="Where is it"
      about="A MAC or IP address in any spelling, a part of it, a host, serial number, VLAN, prefix or description."
    >
      <Ask key={`${q} ${at}`} q={q} at={at ?? ''} ask={(words) => set(words)} />
      {q === '' ? (
        <Empty title="Type what you look for">
          For example <code>0050.5630.4134</code>, <code>10.1.1.10</code>, <code>usa-leaf-1</code> or{' '}
          <code>vlan 101</code>.
        </Empty>
      ) : report.error ? (
        <Failure error={report.error} again={() => void report.refetch()} />
      ) : report.data ? (
        <FindReportView report={report.data} text={q} at={at} />
      ) : (
        <Loading what="Looking" />
      )}
    </Page>
  )
}

function Ask(props: { q: string; at: string; ask: (words: { q: string; at: string }) => void }) {
  const [q, setQ] = useState(props.q)
  const [at, setAt] = useState(props.at)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.ask({ q: q.trim(), at: at.trim() })
  }
  return (
    <Box component="form" role="search" onSubmit={submit} sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <TextField
        autoFocus
        label="Find"
        type="search"
        value={q}
        onChange={(e) => setQ(e.target.value)}
        sx={{ flex: '1 1 260px', maxWidth: 520 }}
      />
      <TextField
        label="As it was at"
        placeholder="now, 2h ago, yesterday"
        value={at}
        onChange={(e) => setAt(e.target.value)}
      />
      <Button type="submit" variant="contained" startIcon={<Search />}>
        Find
      </Button>
    </Box>
  )
}
