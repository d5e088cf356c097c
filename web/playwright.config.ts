import { defineConfig } from '@playwright/test'
import { chromium } from './tools/chromium'

const PORT = Number(process.env.VELOCITY_WEB_PORT ?? 4873)

/** The system's Chromium; nothing is downloaded. */
export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1280, height: 720 },
    actionTimeout: 15_000,
    launchOptions: { executablePath: chromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
  },
  webServer: {
    command: `vite preview --host 127.0.0.1 --port ${PORT} --strictPort`,
    url: `http://127.0.0.1:${PORT}`,
    reuseExistingServer: true,
  },
})
