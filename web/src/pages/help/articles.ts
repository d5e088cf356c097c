import { markdown } from '../../ui/markdown'

/** The documents of the product, as they are in `docs/`, each loaded when it is read. */
const FILES = import.meta.glob(['../../../../docs/*.md', '../../../../README.md'], {
  query: '?raw',
  import: 'default',
}) as Record<string, () => Promise<string>>

/** The order in which a beginner reads, and what the help menu calls them. */
const TITLES: [file: string, title: string][] = [
  ['README', 'Getting started and commands'],
  ['operating', 'User guide'],
  ['adding-a-platform', 'Adding a platform'],
  ['real-lab', 'A lab of real systems'],
  ['performance', 'Performance'],
  ['architecture', 'Architecture'],
]

export interface Article {
  slug: string
  title: string
}

export const ARTICLES: Article[] = TITLES.filter(([file]) => pathOf(file)).map(([file, title]) => ({
  slug: file.toLowerCase(),
  title,
}))

/** The HTML of an article. Raw HTML in it is shown as text. */
export async function article(slug: string): Promise<string> {
  const path = pathOf(slug)
  const load = path ? FILES[path] : undefined
  if (!load) throw new Error(`There is no article ${slug}`)
  return markdown(await load())
}

function pathOf(file: string): string | undefined {
  return Object.keys(FILES).find((p) => p.toLowerCase().endsWith(`/${file.toLowerCase()}.md`))
}
