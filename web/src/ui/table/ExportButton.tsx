import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined'
import Button from '@mui/material/Button'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useState } from 'react'
import { csv, save } from '../csv'
import { useToasts } from '../Toasts'
import type { Column } from './columns'

interface ExportProps<Row> {
  /** Name of the file without its ending. */
  name: string
  columns: Column<Row>[]
  /** All rows of the view, not only those that were loaded. */
  all: () => Promise<Row[]>
}

/** The whole view as CSV or JSON, as it is filtered and sorted. */
export function ExportButton<Row>({ name, columns, all }: ExportProps<Row>) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [busy, setBusy] = useState(false)
  const tell = useToasts()
  const run = async (write: (rows: Row[]) => void) => {
    setAnchor(null)
    setBusy(true)
    await all().then(write).catch(tell.failed)
    setBusy(false)
  }
  const asCsv = (rows: Row[]) =>
    save(
      `${name}.csv`,
      'text/csv',
      csv(
        columns.map((c) => c.head),
        rows.map((r) => columns.map((c) => c.text(r))),
      ),
    )
  const asJson = (rows: Row[]) => save(`${name}.json`, 'application/json', JSON.stringify(rows, null, 2))
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<FileDownloadOutlined />}
        onClick={(e) => setAnchor(e.currentTarget)}
        loading={busy}
        loadingPosition="start"
        aria-haspopup="menu"
      >
        Export
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => run(asCsv)}>CSV</MenuItem>
        <MenuItem onClick={() => run(asJson)}>JSON</MenuItem>
      </Menu>
    </>
  )
}
