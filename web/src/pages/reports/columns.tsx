import type { ReportRow } from '../../api/reports'
import type { Column } from '../../ui/table/columns'
import { said } from '../../ui/table/make'
import { DeviceLink } from '../devices/columns'

/** The columns that a report says it has; the device is one click away. */
export const reportColumns = (names: readonly string[]): Column<ReportRow>[] =>
  names.map((name) => ({
    id: name,
    head: name.replaceAll('_', ' '),
    width: 110,
    text: (row) => (typeof row[name] === 'number' ? row[name] : said(row[name])),
    align: name === 'count' ? 'right' : undefined,
    cell: name === 'device' ? (row) => <DeviceLink slug={said(row[name])} /> : undefined,
  }))
