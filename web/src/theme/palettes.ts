/**
 * The colours of the three themes. `theme.test.ts` holds each text colour against each ground it may stand on.
 *
 * `added` and `removed` are grounds of lines in a diff; `mark` is the ground of what a search matched.
 */
export type ThemeName = 'light' | 'dark' | 'cyber'

export interface Palette {
  mode: 'light' | 'dark'
  ground: string
  paper: string
  raised: string
  line: string
  text: string
  quiet: string
  primary: string
  onPrimary: string
  secondary: string
  ok: string
  warn: string
  bad: string
  info: string
  added: string
  removed: string
  mark: string
}

export const palettes: Record<ThemeName, Palette> = {
  light: {
    mode: 'light',
    ground: '#f4f6f9',
    paper: '#ffffff',
    raised: '#eef2f7',
    line: '#d3dae3',
    text: '#17202b',
    quiet: '#4f5d6e',
    primary: '#0b57c2',
    onPrimary: '#ffffff',
    secondary: '#6b3fb8',
    ok: '#176b35',
    warn: '#8a4b00',
    bad: '#b3261e',
    info: '#0a5d8a',
    added: '#dcf5e2',
    removed: '#fde3e1',
    mark: '#ffe9a8',
  },
  dark: {
    mode: 'dark',
    ground: '#10151b',
    paper: '#171e26',
    raised: '#1f2832',
    line: '#33404d',
    text: '#e4eaf1',
    quiet: '#a3b1c0',
    primary: '#8ab8ff',
    onPrimary: '#0b1a30',
    secondary: '#cdb4ff',
    ok: '#7fd99a',
    warn: '#ffc168',
    bad: '#ff9c94',
    info: '#7fd1f5',
    added: '#12361f',
    removed: '#451d1c',
    mark: '#5c4a06',
  },
  cyber: {
    mode: 'dark',
    ground: '#04060c',
    paper: '#090d18',
    raised: '#101829',
    line: '#1f3350',
    text: '#d9fbff',
    quiet: '#86b6c9',
    primary: '#00e5ff',
    onPrimary: '#001b20',
    secondary: '#ff6ad5',
    ok: '#3dff9e',
    warn: '#ffd53d',
    bad: '#ff7a93',
    info: '#6ec6ff',
    added: '#00301d',
    removed: '#3d0718',
    mark: '#4d4300',
  },
}
