import { useQuery } from '@tanstack/react-query'
import type { DeviceView, Note } from '../../../api/types'
import { Section } from '../../../ui/Fields'
import { Prose } from '../../../ui/Prose'
import { Empty, Loading } from '../../../ui/States'
import { When } from '../../../ui/When'

export function Notes({ device }: { device: DeviceView }) {
  const all = [...device.notes, ...device.mentions]
  if (all.length === 0)
    return (
      <Empty title="No notes">
        Write with `velocity notes add {device.slug}`; `[[{device.slug}]]` in a note elsewhere links here.
      </Empty>
    )
  return all.map((note) => <Written key={note.id} note={note} />)
}

function Written({ note }: { note: Note }) {
  const html = useQuery({
    queryKey: ['markdown', note.body],
    queryFn: async () => (await import('../../../ui/markdown')).markdown(note.body),
    staleTime: Infinity,
  })
  return (
    <Section title={note.title}>
      {html.data === undefined ? <Loading /> : <Prose html={html.data} />}
      <small>
        {note.changed_by}, <When at={note.changed_at} />
      </small>
    </Section>
  )
}
