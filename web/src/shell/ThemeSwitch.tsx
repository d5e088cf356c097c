import PaletteOutlined from '@mui/icons-material/PaletteOutlined'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import Tooltip from '@mui/material/Tooltip'
import { useState } from 'react'
import type { ThemeName } from '../theme/palettes'
import { useThemeChoice } from '../theme/ThemeChoice'

const LABELS: Record<ThemeName, string> = { light: 'Light', dark: 'Dark', cyber: 'Cyber' }

export function ThemeSwitch() {
  const { name, choose } = useThemeChoice()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <Tooltip title={`Theme: ${LABELS[name]}`}>
        <IconButton aria-label="Theme" aria-haspopup="menu" onClick={(e) => setAnchor(e.currentTarget)}>
          <PaletteOutlined />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {(Object.keys(LABELS) as ThemeName[]).map((theme) => (
          <MenuItem
            key={theme}
            role="menuitemradio"
            aria-checked={theme === name}
            selected={theme === name}
            onClick={() => {
              choose(theme)
              setAnchor(null)
            }}
          >
            {LABELS[theme]}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
