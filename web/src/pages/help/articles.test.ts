import { expect, test } from 'vitest'
import { markdown } from '../../ui/markdown'
import { ARTICLES, article } from './articles'

test('the documents of the product are all there', async () => {
  for (const { slug } of ARTICLES) expect(await article(slug)).toContain('<h1 id=')
  expect(ARTICLES.map((a) => a.slug)).toContain('operating')
})

test('a link to another document stays in the help', () => {
  expect(markdown('[x](docs/operating.md#vault)')).toContain('href="/help/operating#vault"')
})

test('HTML and scripts in Markdown are text', () => {
  const html = markdown('<img src=x onerror=alert(1)> [a](javascript:alert(1))')
  expect(html).not.toContain('<img')
  expect(html).not.toContain('href="javascript')
})
