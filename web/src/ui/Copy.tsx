import ContentCopy from '@mui/icons-material/ContentCopy'
import IconButton from '@mui/material/IconButton'
import Tooltip from '@mui/material/Tooltip'
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
    <Tooltip title={label}>
      <IconButton aria-label={label} onClick={copy} sx={{ ml: 0.25, p: 0.5 }}>
        <ContentCopy sx={{ fontSize: 14 }} />
      </IconButton>
    </Tooltip>
  )
}
