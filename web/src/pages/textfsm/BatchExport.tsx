import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import LinearProgress from '@mui/material/LinearProgress'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readCapture } from '../../api/templates'
import { save } from '../../ui/csv'
import { grouped } from '../../ui/number'
import { Empty, Failure } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { TableBlock } from '../../ui/table/TableBlock'
import { type BatchRead, jsonOf, readAll, type Source, tableOf } from './batch'
import { problemText } from './Parsed'

/** Several captures as rows, each by the template that fits it, in one file. */
export default function BatchExport({ sources, name, close }: { sources: Source[]; name: string; close: () => void }) {
  const [done, tell] = useState(0)
  const reads = useQuery({
    queryKey: ['batch-export', ...sources.map((s) => s.id)],
    queryFn: ({ signal }) => readAll(sources, (s) => readCapture(s, signal), tell),
    staleTime: Infinity,
  })
  const good = (reads.data ?? []).filter((r) => !r.read.problem)
  const rows = good.reduce((n, r) => n + r.read.rows.length, 0)
  return (
    <Dialog open onClose={close} maxWidth="lg" fullWidth aria-labelledby="batch-title">
      <DialogTitle id="batch-title">Smart export of {sources.length} outputs</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        {reads.error && <Failure error={reads.error} again={() => void reads.refetch()} />}
        {!reads.data && !reads.error && (
          <>
            <Typography role="status">
              Reading: {done} of {sources.length}
            </Typography>
            <LinearProgress variant="determinate" value={(100 * done) / sources.length} aria-label="Read" />
          </>
        )}
        {reads.data && (
          <>
            <Typography role="status">
              {grouped(rows)} rows of {good.length} of {sources.length} outputs
            </Typography>
            <TableBlock
              short
              label="Outputs that were read"
              file={`${name}-templates`}
              columns={columns}
              rows={reads.data}
              keyOf={(r) => r.source.id}
              empty={<Empty title="Nothing was chosen" />}
            />
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>Close</Button>
        <Button
          disabled={good.length === 0}
          variant="outlined"
          onClick={() => save(`${name}.json`, 'application/json', jsonOf(reads.data ?? []))}
        >
          Save JSON
        </Button>
        <Button
          disabled={rows === 0}
          variant="contained"
          onClick={() => save(`${name}.csv`, 'text/csv', tableOf(good))}
        >
          Save CSV
        </Button>
      </DialogActions>
    </Dialog>
  )
}

const columns: Column<BatchRead>[] = [
  { id: 'device', head: 'Device', width: 150, text: (r) => r.source.device },
  { id: 'template', head: 'Template', width: 240, text: (r) => r.read.template },
  { id: 'rows', head: 'Rows', width: 70, align: 'right', text: (r) => r.read.rows.length },
  { id: 'unread', head: 'Lines that no rule read', width: 160, align: 'right', text: (r) => r.read.unread.length },
  {
    id: 'problem',
    head: 'Why it was not read',
    width: 260,
    grow: 2,
    text: (r) => (r.read.problem ? problemText(r.read.problem) : ''),
  },
]
