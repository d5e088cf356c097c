/**
 * A table as RFC 4180 says. What a device said may begin like a formula; a spreadsheet would run it, so such a cell
 * gets an apostrophe in front. Plain numbers stay.
 */
export function csv(head: string[], rows: (string | number | null | undefined)[][]): string {
  return [head, ...rows]
    .map((row) => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n')
}

function cell(value: string | number | null | undefined): string {
  const text = harmless(String(value ?? ''))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text)

/** Gives the browser a file to save. */
export const save = (name: string, type: string, text: string) => saveBlob(name, new Blob([text], { type }))

export function saveBlob(name: string, blob: Blob) {
  const url = URL.createObjectURL(blob)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
