import Box from '@mui/material/Box'
import List from '@mui/material/List'
import ListItemButton from '@mui/material/ListItemButton'
import ListItemText from '@mui/material/ListItemText'
import Paper from '@mui/material/Paper'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { type MouseEvent, useEffect } from 'react'
import { Page } from '../../ui/Page'
import { Prose } from '../../ui/Prose'
import { ARTICLES, article } from './articles'

export default function HelpPage() {
  const { slug = 'readme' } = useParams({ strict: false }) as { slug?: string }
  const { data: html } = useSuspenseQuery({
    queryKey: ['help', slug],
    queryFn: () => article(slug),
    staleTime: Infinity,
  })
  const { hash } = useLocation()
  const stay = useStay()
  useEffect(() => {
    if (html) document.getElementById(hash)?.scrollIntoView()
  }, [hash, html])
  return (
    <Page title="Help" about="The documents of this version, without a network.">
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '220px 1fr' }, alignItems: 'start' }}>
        <Paper component="nav" aria-label="Articles" sx={{ position: { md: 'sticky' }, top: 12 }}>
          <List dense>
            {ARTICLES.map((a) => (
              <li key={a.slug}>
                <ListItemButton component={Link} to={`/help/${a.slug}`} selected={a.slug === slug}>
                  <ListItemText primary={a.title} />
                </ListItemButton>
              </li>
            ))}
          </List>
        </Paper>
        <Paper sx={{ px: 2.5, py: 1, minWidth: 0 }} onClick={stay}>
          <Prose html={html} />
        </Paper>
      </Box>
    </Page>
  )
}

/** A click on a link to another article does not load the app again. */
function useStay() {
  const navigate = useNavigate()
  return (event: MouseEvent) => {
    const href = event.target instanceof HTMLAnchorElement ? event.target.getAttribute('href') : null
    if (!href?.startsWith('/help/')) return
    event.preventDefault()
    void navigate({ href })
  }
}
