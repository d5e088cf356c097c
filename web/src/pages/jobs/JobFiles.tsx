import Button from '@mui/material/Button'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useRef, useState } from 'react'
import { importJobs, jobsFile } from '../../api/jobs'
import { useConfirm } from '../../ui/Confirm'
import { saveBlob } from '../../ui/csv'
import { useToasts } from '../../ui/Toasts'
import { useWritten } from '../objects/ObjectPanel'
import { StarterJobs } from './StarterJobs'

/** Jobs as files, in and out, and the starter library. */
export function JobFiles({ picked }: { picked: string[] }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [starter, setStarter] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const tell = useToasts()
  const confirm = useConfirm()
  const written = useWritten()
  const out = () => jobsFile(picked).then((blob) => saveBlob('jobs.yaml', blob), tell.failed)
  const bring = async (list: FileList | null) => {
    const files = await Promise.all([...(list ?? [])].map(async (f) => ({ name: f.name, text: await f.text() })))
    if (files.length === 0) return
    const plan = await importJobs(files, true)
    const names = plan.written.records.map((r) => `${r.effect}: ${r.name}`)
    const preview = (
      <ul>
        {[...names, ...plan.problems].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )
    if (!(await confirm({ title: `Bring in ${names.length} jobs?`, preview, yes: 'Bring in' }))) return
    const done = await importJobs(files, false)
    written(`Brought in ${done.written.records.length} jobs`, done.written.undo)
  }
  const pick = (run: () => void) => () => {
    setAnchor(null)
    run()
  }
  return (
    <>
      <Button variant="outlined" aria-haspopup="menu" onClick={(e) => setAnchor(e.currentTarget)}>
        Library and files
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={pick(() => setStarter(true))}>Starter jobs…</MenuItem>
        <MenuItem onClick={pick(() => input.current?.click())}>Bring in files…</MenuItem>
        <MenuItem onClick={pick(() => void out())}>
          Save {picked.length > 0 ? `${picked.length} jobs` : 'all jobs'} as YAML
        </MenuItem>
      </Menu>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Job files"
        accept=".yaml,.yml,.json"
        onChange={(e) => void bring(e.target.files).catch(tell.failed)}
      />
      {starter && <StarterJobs close={() => setStarter(false)} />}
    </>
  )
}
