import { useQuery } from '@tanstack/react-query'
import { Prose } from './Prose'
import { Loading } from './States'

/** Markdown as it is read. What makes it is loaded when the first one is shown. */
export function Markdown({ text }: { text: string }) {
  const html = useQuery({
    queryKey: ['markdown', text],
    queryFn: async () => (await import('./markdown')).markdown(text),
    staleTime: Infinity,
  })
  return html.data === undefined ? <Loading /> : <Prose html={html.data} />
}
