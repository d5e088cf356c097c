import Alert from '@mui/material/Alert'
import Typography from '@mui/material/Typography'
import { useMemo } from 'react'
import type { ReadText } from '../../api/templates'
import { NumberedLines } from '../../ui/Evidence'
import { Section } from '../../ui/Fields'
import { Empty } from '../../ui/States'
import type { Column } from '../../ui/table/columns'
import { said } from '../../ui/table/make'
import { TableBlock } from '../../ui/table/TableBlock'

type Row = Record<string, unknown> & { at: number; lines: string }

/** What a template read: its rows with the lines they are of, the lines that no rule read, or why it failed. */
export function Parsed({ read, name }: { read: ReadText; name: string }) {
  const rows = useMemo(() => rowsOf(read), [read])
  const columns = useMemo(() => columnsOf(read.fields), [read.fields])
  if (read.problem) return <Alert severity="error">{problemText(read.problem)}</Alert>
  return (
    <>
      <Section title={`What ${read.template || name} reads`}>
        <TableBlock
          short
          label="Rows"
          file={name}
          columns={columns}
          rows={rows}
          keyOf={(r) => r.at}
          empty={<Empty title="It reads no row" />}
        />
      </Section>
      {read.unread.length > 0 && (
        <Section title={`Lines that no rule read (${read.unread.length} of ${read.lines})`}>
          {read.unread.slice(0, 50).map((u) => (
            <NumberedLines key={u.line} first={u.line} lines={[u.text]} />
          ))}
          {read.unread.length > 50 && <Typography color="textSecondary">and more</Typography>}
        </Section>
      )}
    </>
  )
}

const rowsOf = (read: ReadText): Row[] =>
  read.rows.map((row, at) => {
    const [first, last] = read.row_lines[at] ?? []
    return { ...row, at, lines: first === undefined ? '' : first === last ? `${first}` : `${first}–${last}` }
  })

const columnsOf = (fields: string[]): Column<Row>[] => [
  ...fields.map((f): Column<Row> => ({ id: f, head: f, width: Math.max(90, f.length * 9), text: (r) => said(r[f]) })),
  { id: 'lines', head: 'Lines', width: 80, text: (r) => r.lines, align: 'right' },
]

export function problemText(p: NonNullable<ReadText['problem']>): string {
  const where = p.line ? ` (line ${p.line}${p.column ? `, column ${p.column}` : ''} of the ${p.of})` : ''
  return `${p.message}${where}${p.state ? `, in state ${p.state}` : ''}${p.rule ? `, by the rule in line ${p.rule}` : ''}`
}
