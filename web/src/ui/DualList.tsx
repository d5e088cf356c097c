import { DragDropProvider } from '@dnd-kit/react'
import { isSortable, useSortable } from '@dnd-kit/react/sortable'
import ArrowBack from '@mui/icons-material/ArrowBack'
import ArrowDownward from '@mui/icons-material/ArrowDownward'
import ArrowForward from '@mui/icons-material/ArrowForward'
import ArrowUpward from '@mui/icons-material/ArrowUpward'
import DragIndicator from '@mui/icons-material/DragIndicator'
import Box from '@mui/material/Box'
import IconButton from '@mui/material/IconButton'
import List from '@mui/material/List'
import ListItemButton from '@mui/material/ListItemButton'
import ListItemText from '@mui/material/ListItemText'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { useState } from 'react'

interface DualProps {
  label: string
  all: { id: string; label: string }[]
  /** Ids, in their order. */
  chosen: string[]
  change: (chosen: string[]) => void
}

/** What there is at the left, what is chosen at the right, in an order that is dragged or moved with the buttons. */
export function DualList({ label, all, chosen, change }: DualProps) {
  const [words, setWords] = useState('')
  const names = new Map(all.map((a) => [a.id, a.label]))
  const left = all.filter((a) => !chosen.includes(a.id) && a.label.toLowerCase().includes(words.toLowerCase()))
  return (
    <Box role="group" aria-label={label} sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { sm: '1fr 1fr' } }}>
      <div>
        <TextField
          label={`Filter ${label.toLowerCase()}`}
          type="search"
          value={words}
          onChange={(e) => setWords(e.target.value)}
          fullWidth
        />
        <List dense aria-label={`${label} that there are`} sx={list}>
          {left.map((a) => (
            <li key={a.id}>
              <ListItemButton sx={{ py: 0 }} onClick={() => change([...chosen, a.id])} aria-label={`Add ${a.label}`}>
                <ListItemText primary={a.label} />
                <ArrowForward fontSize="small" />
              </ListItemButton>
            </li>
          ))}
        </List>
      </div>
      <div>
        <Typography color="textSecondary" sx={{ minHeight: 40, display: 'flex', alignItems: 'center' }} role="status">
          {chosen.length} chosen; drag them into their order
        </Typography>
        <DragDropProvider
          onDragEnd={({ canceled, operation: { source } }) => {
            if (canceled || !isSortable(source)) return
            change(moved(chosen, source.initialIndex, source.index))
          }}
        >
          <Box component="ol" aria-label={`${label} that are chosen`} sx={{ ...list, p: 0, m: 0, listStyle: 'none' }}>
            {chosen.map((id, at) => (
              <Chosen
                key={id}
                id={id}
                at={at}
                name={names.get(id) ?? id}
                count={chosen.length}
                move={(to) => change(moved(chosen, at, to))}
                remove={() => change(chosen.filter((c) => c !== id))}
              />
            ))}
          </Box>
        </DragDropProvider>
      </div>
    </Box>
  )
}

interface ChosenProps {
  id: string
  at: number
  name: string
  count: number
  move: (to: number) => void
  remove: () => void
}

function Chosen({ id, at, name, count, move, remove }: ChosenProps) {
  const { ref, handleRef, isDragging } = useSortable({ id, index: at })
  return (
    <Box component="li" ref={ref} sx={{ ...item, opacity: isDragging ? 0.6 : 1 }}>
      <Box component="span" ref={handleRef} aria-label={`Drag ${name}`} sx={{ cursor: 'grab', display: 'flex' }}>
        <DragIndicator fontSize="small" />
      </Box>
      <span style={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {at + 1}. {name}
      </span>
      <IconButton size="small" aria-label={`${name} up`} disabled={at === 0} onClick={() => move(at - 1)}>
        <ArrowUpward fontSize="inherit" />
      </IconButton>
      <IconButton size="small" aria-label={`${name} down`} disabled={at === count - 1} onClick={() => move(at + 1)}>
        <ArrowDownward fontSize="inherit" />
      </IconButton>
      <IconButton size="small" aria-label={`Take ${name} away`} onClick={remove}>
        <ArrowBack fontSize="inherit" />
      </IconButton>
    </Box>
  )
}

/** The list with one of it at another place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const next = list.toSpliced(from, 1)
  return from in list ? next.toSpliced(to, 0, list[from] as T) : list
}

const list = {
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  minHeight: 160,
  maxHeight: 320,
  overflow: 'auto',
  mt: 1,
}
const item = { display: 'flex', alignItems: 'center', gap: 0.5, px: 0.5, minHeight: 32, bgcolor: 'background.paper' }
