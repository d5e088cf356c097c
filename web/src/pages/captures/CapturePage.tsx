import Button from '@mui/material/Button'
import Tooltip from '@mui/material/Tooltip'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { captureQuery } from '../../api/captures'
import { CopyButton } from '../../ui/Copy'
import { save } from '../../ui/csv'
import { useKey } from '../../ui/keys'
import { Page } from '../../ui/Page'
import { StateChip } from '../../ui/StateChip'
import { Failure, Loading } from '../../ui/States'
import { useUrlState } from '../../ui/urlState'
import { When } from '../../ui/When'
import { DeviceLink } from '../devices/columns'

const SmartExport = lazy(() => import('../textfsm/SmartExport'))
const CodeViewer = lazy(() => import('../../ui/CodeViewer'))

/** What a device said, whole; `?line=12-14` marks lines and goes there. */
export default function CapturePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [{ line }] = useUrlState()
  const capture = useQuery(captureQuery(Number(id)))
  const [isExport, exports] = useState(false)
  useKey('Ctrl+E', 'Smart export', () => exports(true))
  if (capture.error) return <Failure error={capture.error} again={() => void capture.refetch()} />
  if (!capture.data) return <Loading />
  const { device, capture: c, text } = capture.data
  const name = `${device}-${c.capture_type}.txt`
  return (
    <Page
      title={`${c.capture_type} of ${device}`}
      fill
      about={
        <>
          <DeviceLink slug={device} /> · <code>{c.command}</code> · version {c.version ?? '—'} · since{' '}
          <When at={c.first_seen} />, last seen <When at={c.last_seen} /> · secrets masked
        </>
      }
      actions={
        <>
          {c.completeness.state !== 'complete' && (
            <Tooltip title={c.completeness.reason}>
              <span>
                <StateChip state={c.completeness.state} />
              </span>
            </Tooltip>
          )}
          {c.capture_type !== 'configs' && (
            <Button variant="contained" onClick={() => exports(true)} aria-keyshortcuts="Control+E">
              Smart export…
            </Button>
          )}
          <CopyButton text={text} label="Copy all" />
          <Button variant="outlined" onClick={() => save(name, 'text/plain', text)}>
            Save as file
          </Button>
        </>
      }
    >
      <Suspense fallback={<Loading />}>
        <CodeViewer text={text} label={name} lit={lines(line)} />
        {isExport && <SmartExport capture={c.id} name={`${device}-${c.capture_type}`} close={() => exports(false)} />}
      </Suspense>
    </Page>
  )
}

function lines(word: string | undefined): { first: number; last: number } | undefined {
  const [first, last] = (word ?? '').split('-').map(Number)
  return first ? { first, last: last || first } : undefined
}
