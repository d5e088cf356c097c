import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined'
import Button from '@mui/material/Button'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { type RefObject, useState } from 'react'
import { type MapFormat, mapFile } from '../../api/topology'
import { save, saveBlob } from '../../ui/csv'
import { useToasts } from '../../ui/Toasts'
import type { Board } from './board'

const FORMATS: [format: MapFormat, label: string, ending: string][] = [
  ['drawio', 'draw.io', 'drawio'],
  ['graphml', 'GraphML (yEd)', 'graphml'],
  ['mermaid', 'Mermaid', 'mmd'],
  ['dot', 'Graphviz', 'dot'],
  ['svg', 'SVG', 'svg'],
  ['csv', 'CSV of links', 'csv'],
  ['json', 'JSON', 'json'],
]

/** The map as a picture, as it is drawn here, and as a file of other tools. */
export function MapExport({ board }: { board: RefObject<Board | null> }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const tell = useToasts()
  const picture = () => {
    setAnchor(null)
    const none = new Error('No picture was made of the map. Export it as SVG instead.')
    board.current
      ?.picture()
      .then((blob) => (blob ? saveBlob('map.png', blob) : tell.failed(none)))
      .catch(tell.failed)
  }
  const file = (format: MapFormat, ending: string) => {
    setAnchor(null)
    mapFile(format).then((text) => save(`map.${ending}`, 'application/octet-stream', text), tell.failed)
  }
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<FileDownloadOutlined />}
        aria-haspopup="menu"
        onClick={(e) => setAnchor(e.currentTarget)}
      >
        Export
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={picture}>PNG as drawn</MenuItem>
        {FORMATS.map(([format, label, ending]) => (
          <MenuItem key={format} onClick={() => file(format, ending)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
