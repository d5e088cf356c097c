import Button from '@mui/material/Button'

/** The name of a row that opens something without leaving the page. */
export function RowButton({ text, run }: { text: string; run: () => void }) {
  return (
    <Button onClick={run} sx={{ p: 0, minWidth: 0, textDecoration: 'underline' }}>
      {text}
    </Button>
  )
}
