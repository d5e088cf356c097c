import MarkdownIt from 'markdown-it'

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

/** Markdown as HTML; headings have ids, and a link from one document to another stays within the help. */
export function markdown(text: string): string {
  const parser = new MarkdownIt({ html: false, linkify: true })
  parser.core.ruler.push('anchors', (state) => {
    for (const [at, token] of state.tokens.entries())
      if (token.type === 'heading_open') token.attrSet('id', idOf(state.tokens[at + 1]?.content ?? ''))
    for (const token of state.tokens)
      for (const child of token.children ?? [])
        if (child.type === 'link_open') child.attrSet('href', within(String(child.attrGet('href') ?? '')))
  })
  return parser.render(text)
}

export const idOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-')

const within = (href: string) =>
  href.replace(/^(?:\.\/)?(?:docs\/)?([\w-]+)\.md(#.*)?$/, (_, file, hash = '') => `/help/${file.toLowerCase()}${hash}`)
