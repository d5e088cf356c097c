import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': here('src'), '@mock': here('mock') } },
  build: {
    manifest: true,
    chunkSizeWarningLimit: 1600,
    assetsInlineLimit: 0,
    // What most pages have in common is one file; left alone it is forty, and a browser asks an HTTP/1 server for six at a time.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'common', minShareCount: 4 }] } },
    },
  },
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': { target: process.env.VELOCITY_URL ?? 'http://127.0.0.1:8086', ws: true } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'mock/**/*.test.ts', 'tools/**/*.test.ts'],
    setupFiles: ['mock/setup.ts'],
    testTimeout: 90_000,
    css: false,
  },
})
