import { alpha, createTheme, type Theme } from '@mui/material/styles'
import { type Palette, palettes, type ThemeName } from './palettes'

declare module '@mui/material/styles' {
  interface Theme {
    velocity: Palette
  }
  interface ThemeOptions {
    velocity?: Palette
  }
}

const SANS = "'Inter Variable', system-ui, 'Segoe UI', Roboto, sans-serif"
export const MONO = "'JetBrains Mono Variable', ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace"

/** Dense, since a table of devices is what is looked at; a target is at least 24 pixels high (WCAG 2.5.8). */
export function themeOf(name: ThemeName): Theme {
  const p = palettes[name]
  const colour = (main: string) => ({ main, light: main, dark: main, contrastText: p.onPrimary })
  return createTheme({
    velocity: p,
    palette: {
      mode: p.mode,
      primary: colour(p.primary),
      secondary: colour(p.secondary),
      success: colour(p.ok),
      warning: colour(p.warn),
      error: colour(p.bad),
      info: colour(p.info),
      background: { default: p.ground, paper: p.paper },
      text: { primary: p.text, secondary: p.quiet },
      divider: p.line,
    },
    shape: { borderRadius: name === 'cyber' ? 2 : 6 },
    typography: {
      fontFamily: name === 'cyber' ? MONO : SANS,
      fontSize: 13,
      body1: { fontSize: 13.5 },
      h1: { fontSize: '1.35rem', fontWeight: 650, letterSpacing: '-0.01em' },
      h2: { fontSize: '1.02rem', fontWeight: 650 },
      h3: { fontSize: '0.92rem', fontWeight: 650 },
      button: { textTransform: 'none', fontWeight: 600 },
    },
    components: parts(p, name),
  })
}

function parts(p: Palette, name: ThemeName) {
  const glow = name === 'cyber' ? `0 0 0 1px ${p.line}, 0 0 14px -6px ${p.primary}` : undefined
  return {
    MuiCssBaseline: {
      styleOverrides: {
        html: { scrollbarColor: `${p.line} transparent` },
        'code, pre, kbd, .mono': { fontFamily: MONO, fontSize: '0.92em', fontVariantLigatures: 'none' },
        a: { color: p.primary },
        ...chips(p),
        '*:focus-visible': { outline: `2px solid ${p.primary}`, outlineOffset: 1 },
      },
    },
    MuiButton: { defaultProps: { size: 'small' as const, disableElevation: true } },
    MuiIconButton: { defaultProps: { size: 'small' as const } },
    MuiTextField: { defaultProps: { size: 'small' as const } },
    MuiInputBase: { styleOverrides: { root: { fontSize: 13 } } },
    MuiInputLabel: { styleOverrides: { root: { fontSize: 13 } } },
    MuiFormControlLabel: { styleOverrides: { label: { fontSize: 13 } } },
    MuiFormControl: { defaultProps: { size: 'small' as const } },
    MuiSelect: { defaultProps: { size: 'small' as const } },
    MuiCheckbox: { defaultProps: { size: 'small' as const } },
    MuiSwitch: { defaultProps: { size: 'small' as const } },
    MuiChip: { defaultProps: { size: 'small' as const } },
    MuiTab: { styleOverrides: { root: { minHeight: 38, padding: '6px 12px' } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 38 } } },
    MuiTooltip: {
      defaultProps: { enterDelay: 400, arrow: true, describeChild: true },
      styleOverrides: {
        tooltip: { backgroundColor: p.raised, color: p.text, border: `1px solid ${p.line}`, fontSize: 12 },
        arrow: { color: p.line },
      },
    },
    MuiPaper: {
      defaultProps: { variant: 'outlined' as const },
      styleOverrides: { root: { backgroundImage: 'none', ...(glow && { boxShadow: glow }) } },
    },
    MuiAlert: {
      styleOverrides: { root: { backgroundColor: p.raised, color: p.text, border: `1px solid ${p.line}` } },
    },
  }
}

/** Of `StateChip`, which is a single element without a style of its own. */
function chips(p: Palette) {
  const shades = { default: p.text, success: p.ok, warning: p.warn, error: p.bad, info: p.info }
  const colours = Object.entries(shades).map(([name, shade]) => [
    `.state.${name}`,
    { color: shade, borderColor: alpha(shade, 0.7) },
  ])
  return { '.state': chip, ...Object.fromEntries(colours) }
}

const chip = {
  display: 'inline-block',
  boxSizing: 'border-box',
  maxWidth: '100%',
  height: 20,
  padding: '0 7px',
  lineHeight: '18px',
  fontSize: 12,
  fontWeight: 600,
  border: '1px solid',
  borderRadius: 10,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  verticalAlign: 'middle',
  marginTop: -2,
} as const
