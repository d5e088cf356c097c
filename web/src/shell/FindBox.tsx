import Autocomplete from '@mui/material/Autocomplete'
import Box from '@mui/material/Box'
import Dialog from '@mui/material/Dialog'
import TextField from '@mui/material/TextField'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { findQuery } from '../api/find'
import type { FindReport } from '../api/types'
import { type Group, useNavigation } from './navigation'

interface Hit {
  key: string
  kind: string
  label: string
  to: string
}

const REST = 300

/** Find anything: pages by their name, and what the network knows of the words. Enter without a choice shows all. */
export default function FindBox({ close }: { close: () => void }) {
  const [typed, setTyped] = useState('')
  const navigation = useNavigation()
  const words = useRested(typed.trim())
  const navigate = useNavigate()
  const found = useQuery({
    ...findQuery(words, undefined, 8),
    enabled: words.length > 1,
    placeholderData: keepPreviousData,
  })
  const hits = [...pages(typed, navigation), ...(words.length > 1 && found.data ? hitsOf(found.data, words) : [])]
  const go = (to: string) => {
    close()
    void navigate({ href: to })
  }
  return (
    <Dialog
      open
      onClose={close}
      fullWidth
      maxWidth="sm"
      aria-label="Find anything"
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
    >
      <Autocomplete<Hit, false, false, true>
        freeSolo
        open={hits.length > 0}
        openOnFocus
        options={hits}
        filterOptions={(all) => all}
        getOptionLabel={(hit) => (typeof hit === 'string' ? hit : hit.label)}
        getOptionKey={(hit) => (typeof hit === 'string' ? hit : hit.key)}
        inputValue={typed}
        onInputChange={(_, text, why) => why !== 'reset' && setTyped(text)}
        onChange={(_, hit) => hit && go(typeof hit === 'string' ? all(hit) : hit.to)}
        loading={found.isFetching}
        renderOption={({ key, ...props }, hit) => (
          <Box component="li" key={key} {...props} sx={{ display: 'flex', gap: 1 }}>
            <Box component="span" sx={{ color: 'text.secondary', minWidth: 84, fontSize: 12 }}>
              {hit.kind}
            </Box>
            {hit.label}
          </Box>
        )}
        renderInput={(params) => (
          <TextField
            {...params}
            autoFocus
            label="Find anything"
            placeholder="MAC, address, host, serial number, VLAN, page"
            sx={{ p: 2 }}
          />
        )}
      />
    </Dialog>
  )
}

const all = (words: string) => `/find?q=${encodeURIComponent(words.trim())}`

function pages(typed: string, all: Group[]): Hit[] {
  const words = typed.trim().toLowerCase()
  if (!words) return []
  return all
    .flatMap((g) => g.entries)
    .filter((e) => e.label.toLowerCase().includes(words))
    .slice(0, 4)
    .map((e) => ({ key: e.to, kind: 'page', label: e.label, to: e.to }))
}

function hitsOf(report: FindReport, words: string): Hit[] {
  const places = report.whereabouts
    .filter((w) => w.port)
    .map((w) => ({
      key: `at ${w.mac}`,
      kind: 'plugged in',
      label: `${w.port?.device} ${w.port?.interface}`,
      to: all(words),
    }))
  const answers = report.answers.map((a, at) => ({
    key: `${at} ${a.kind} ${a.device}`,
    kind: a.kind,
    label: a.kind === 'device' ? a.device : `${a.device}: ${a.what}`,
    to: a.kind === 'device' ? `/devices/${a.device}` : all(words),
  }))
  return [...places, ...answers].slice(0, 12)
}

/** The value when it has not changed for a while. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
