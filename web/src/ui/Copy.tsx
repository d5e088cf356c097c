import ContentCopy from '@mui/icons-material/ContentCopy'
import IconButton from '@mui/material/IconButton'
import { useToasts } from './Toasts'

/** Text in a fixed pitch with a button that copies it, as for MAC and IP addresses. */
export function Copyable({ text }: { text: string }) {
  return (
    <span className="mono" style={{ whiteSpace: 'nowrap' }}>
      {text}
      <CopyButton text={text} />
    </span>
  )
}

export function CopyButton({ text, label = `Copy ${text}` }: { text: string; label?: string }) {
  const tell = useToasts()
  const copy = () => navigator.clipboard.writeText(text).then(() => tell.done('Copied'), tell.failed)
  return (
    <IconButton aria-label={label} title={label} onClick={copy} sx={SMALL}>
      <ContentCopy sx={ICON} />
    </IconButton>
  )
}

const SMALL = { ml: 0.25, p: 0.5 }
const ICON = { fontSize: 14 }
