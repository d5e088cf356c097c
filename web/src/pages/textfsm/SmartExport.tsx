import Button from '@mui/material/Button'
import Checkbox from '@mui/material/Checkbox'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import FormControlLabel from '@mui/material/FormControlLabel'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { detectQuery, type ParseText, readFile, readQuery, templateNames } from '../../api/templates'
import { Choice } from '../../ui/Choice'
import { save } from '../../ui/csv'
import { Failure, Loading } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import { Parsed } from './Parsed'

/** A capture as rows: the template that fits is found, another can be chosen, and what it reads is saved or copied. */
export default function SmartExport({ capture, name, close }: { capture: number; name: string; close: () => void }) {
  const [chosen, choose] = useState('')
  const [isBare, setBare] = useState(false)
  const tell = useToasts()
  const names = useQuery(templateNames)
  const found = useQuery(detectQuery({ capture }, 5))
  const template = chosen || found.data?.items[0]?.template
  const of: ParseText = { capture, templates: template ? [template] : [] }
  const read = useQuery({ ...readQuery(of), enabled: found.data !== undefined })
  const out = (format: 'csv' | 'json') =>
    readFile(of, format, isBare, name).then(
      (text) => save(`${name}.${format}`, format === 'csv' ? 'text/csv' : 'application/json', text),
      tell.failed,
    )
  const copy = () =>
    readFile(of, 'json', false, name)
      .then((text) => navigator.clipboard.writeText(text))
      .then(() => tell.done('Copied as JSON'), tell.failed)
  const good = read.data && !read.data.problem
  return (
    <Dialog open onClose={close} maxWidth="lg" fullWidth aria-labelledby="export-title">
      <DialogTitle id="export-title">Smart export of {name}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        <Typography>
          {found.data?.items[0]
            ? `The best template is ${found.data.items[0].template}, ${Math.round(found.data.items[0].confidence * 100)} % sure.`
            : found.data
              ? 'No template fits; choose one.'
              : 'Looking for the template that fits…'}
        </Typography>
        <Choice label="Template" options={names.data ?? []} value={template ?? ''} change={choose} width={420} />
        {(read.error || found.error) && <Failure error={read.error ?? found.error} />}
        {!read.data && !read.error && !found.error && <Loading />}
        {read.data && <Parsed read={read.data} name={name} />}
        <FormControlLabel
          label="CSV without the names of the fields"
          control={<Checkbox checked={isBare} onChange={(_, on) => setBare(on)} />}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>Close</Button>
        <Button disabled={!good} onClick={() => void copy()}>
          Copy JSON
        </Button>
        <Button disabled={!good} variant="outlined" onClick={() => void out('json')}>
          Save JSON
        </Button>
        <Button disabled={!good} variant="contained" onClick={() => void out('csv')}>
          Save CSV
        </Button>
      </DialogActions>
    </Dialog>
  )
}
