import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { capturePair } from '../../api/captures'
import { changeQuery } from '../../api/changes'
import type { ChangeView } from '../../api/types'
import { Fields, Section } from '../../ui/Fields'
import { Page } from '../../ui/Page'
import { StateChip } from '../../ui/StateChip'
import { Failure, Loading } from '../../ui/States'
import { When } from '../../ui/When'
import { DeviceLink } from '../devices/columns'
import { Things } from './Things'

const DiffView = lazy(() => import('../../ui/DiffView'))

export default function ChangePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const change = useQuery(changeQuery(Number(id)))
  if (change.error) return <Failure error={change.error} again={() => void change.refetch()} />
  if (!change.data) return <Loading />
  const c = change.data
  return (
    <Page title={`${c.device}: ${c.summary}`} fill actions={<StateChip state={c.severity} />}>
      <Section title="What happened">
        <Fields
          rows={[
            ['Device', <DeviceLink key="d" slug={c.device} />],
            ['Type', c.type],
            ['Detected', <When key="w" at={c.detected_at} absolute />],
            ['Made by', [c.by?.user, c.by?.at].filter(Boolean).join(', ')],
            ['Seen by', c.execution && <Link to={`/executions/${c.execution}` as '/'}>execution {c.execution}</Link>],
          ]}
        />
      </Section>
      {c.things && c.things.length > 0 && <Things things={c.things} />}
      {c.old_capture && c.new_capture && c.diff && <TwoTexts change={c} />}
    </Page>
  )
}

function TwoTexts({ change }: { change: ChangeView }) {
  const pair = useQuery(capturePair(change.old_capture ?? 0, change.new_capture ?? 0))
  if (pair.error) return <Failure error={pair.error} />
  if (!pair.data) return <Loading />
  const [before, after] = pair.data
  return (
    <Suspense fallback={<Loading />}>
      <DiffView before={before.text} after={after.text} labels={['Before', 'After']} />
    </Suspense>
  )
}
