import CssBaseline from '@mui/material/CssBaseline'
import { ThemeProvider } from '@mui/material/styles'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { palettes, type ThemeName } from './palettes'
import { themeOf } from './theme'

const KEY = 'velocity.theme'

interface Choice {
  name: ThemeName
  choose: (name: ThemeName) => void
}

const ThemeContext = createContext<Choice>({ name: 'dark', choose: () => {} })

export const useThemeChoice = () => useContext(ThemeContext)

/** Dark unless chosen otherwise: screens of an operations room are dark. The choice stays in this browser. */
export function ThemeChoice({ children, start }: { children: ReactNode; start?: ThemeName }) {
  const [name, setName] = useState<ThemeName>(start ?? remembered)
  const theme = useMemo(() => themeOf(name), [name])
  const choice = useMemo(() => ({ name, choose: remember(setName) }), [name])
  return (
    <ThemeContext value={choice}>
      <ThemeProvider theme={theme}>
        <CssBaseline enableColorScheme />
        {children}
      </ThemeProvider>
    </ThemeContext>
  )
}

function remembered(): ThemeName {
  const kept = localStorage.getItem(KEY)
  return kept !== null && kept in palettes ? (kept as ThemeName) : 'dark'
}

const remember = (set: (name: ThemeName) => void) => (name: ThemeName) => {
  localStorage.setItem(KEY, name)
  set(name)
}
