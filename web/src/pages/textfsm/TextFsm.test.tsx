import { mockApi } from '@mock/api'
import { frame, readText, rows } from '@mock/data'
import { renderApp } from '@mock/render'
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

const candidate = (template: string, confidence: number) => ({
  template,
  confidence,
  score: 80,
  records: 1,
  lines: 3,
  read: 2,
})

test('the template that fits best is read at once, another when it is chosen', async () => {
  const seen = mockApi({
    ...frame,
    'POST /api/v1/templates/detect': rows([
      candidate('cisco_ios_show_ip_arp', 0.9),
      candidate('arista_eos_show_ip_arp', 0.1),
    ]),
    'POST /api/v1/templates/parse': readText(),
  })
  const { user } = renderApp('/textfsm')
  await user.type(await screen.findByRole('textbox', { name: 'Output of a command' }), 'Internet 10.1.1.10')
  await user.click(screen.getByRole('button', { name: 'Find the template' }))
  expect(await screen.findByText('90 %')).toBeDefined()
  expect(within(await screen.findByRole('grid', { name: 'Rows' })).getByText('10.1.1.10')).toBeDefined()
  expect(screen.getByText('Lines that no rule read (1 of 3)')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'arista_eos_show_ip_arp' }))
  await expect
    .poll(async () => {
      const asked = seen.filter((r) => r.url.endsWith('/parse'))
      return (await asked.at(-1)?.clone().json())?.templates
    })
    .toEqual(['arista_eos_show_ip_arp'])
})

test('a template that is written says at which line it is wrong', async () => {
  mockApi({
    ...frame,
    'GET /api/v1/templates': rows([]),
    'POST /api/v1/templates/test': readText({
      rows: [],
      row_lines: [],
      problem: { of: 'template', line: 4, column: 3, message: 'a rule begins with ^' },
    }),
  })
  const { user } = renderApp('/textfsm?tab=manual')
  await user.type(await screen.findByRole('textbox', { name: 'Output of a command' }), 'x')
  expect((await screen.findByRole('alert')).textContent).toContain(
    'a rule begins with ^ (line 4, column 3 of the template)',
  )
})
