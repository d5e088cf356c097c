import MarkdownIt from 'markdown-it'

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
  // Pictures are not part of what is served; what they show is said.
  parser.renderer.rules.image = (tokens, at) => parser.utils.escapeHtml(tokens[at]?.content ?? '')
  // What is too wide scrolls, also by the keyboard.
  return parser.render(text).replaceAll('<pre>', '<pre tabindex="0">')
}

export const idOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-')

const within = (href: string) =>
  href.replace(/^(?:\.\/)?(?:docs\/)?([\w-]+)\.md(#.*)?$/, (_, file, hash = '') => `/help/${file.toLowerCase()}${hash}`)
