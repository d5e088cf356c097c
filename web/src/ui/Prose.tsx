import Box from '@mui/material/Box'

/** HTML that was made of Markdown without raw HTML. */
export function Prose({ html }: { html: string }) {
  return (
    <Box
      sx={{
        maxWidth: 860,
        fontSize: 14,
        lineHeight: 1.6,
        overflowWrap: 'anywhere',
        '& h1': { fontSize: '1.35rem' },
        '& h2': { fontSize: '1.1rem', mt: 3 },
        '& h3': { fontSize: '0.95rem' },
        '& pre': { p: 1.25, bgcolor: 'background.default', border: 1, borderColor: 'divider', overflow: 'auto' },
        '& table': { borderCollapse: 'collapse', display: 'block', overflowX: 'auto' },
        '& td, & th': { border: 1, borderColor: 'divider', px: 1, py: 0.5, textAlign: 'left', verticalAlign: 'top' },
      }}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by `markdown`, which escapes raw HTML and refuses script links
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
