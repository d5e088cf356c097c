import Button from '@mui/material/Button'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { deleteTemplate, type Template, templateQuery, templateRows } from '../../api/templates'
import { May } from '../../shell/May'
import { useConfirm } from '../../ui/Confirm'
import { save } from '../../ui/csv'
import { SidePanel } from '../../ui/SidePanel'
import { Empty, Failure, Loading } from '../../ui/States'
import { useToasts } from '../../ui/Toasts'
import type { Column } from '../../ui/table/columns'
import { choice, columnsOf, typed } from '../../ui/table/make'
import { RowButton } from '../../ui/table/RowButton'
import { TablePage } from '../../ui/table/TablePage'
import { useUrlState } from '../../ui/urlState'

const CodeViewer = lazy(() => import('../../ui/CodeViewer'))

/** All templates: your own, those of the product, and the release of ntc-templates. */
export function Manager({ above }: { above: ReactNode }) {
  const [filter] = useUrlState()
  const [open, setOpen] = useState<Template | null>(null)
  return (
    <>
      <TablePage
        title="TextFSM tools"
        about="All templates. One of your own hides others of its name."
        file="templates"
        noun={['template', 'templates']}
        columns={columnsWith(setOpen)}
        query={templateRows(filter)}
        keyOf={(t) => `${t.from} ${t.name}`}
        onOpen={setOpen}
        above={above}
        filters={[typed('q', 'Name', 260), choice('from', 'From', ['own', 'velocity', 'ntc-templates'], 160)]}
        actions={
          <May as="admin">
            <Button variant="contained" component={Link} to={'/textfsm' as '/'} search={{ tab: 'manual' } as never}>
              New template
            </Button>
          </May>
        }
        empty={<Empty title="No template is called like that">Write one under Manual test.</Empty>}
      />
      {open && <OneTemplate template={open} close={() => setOpen(null)} />}
    </>
  )
}

function OneTemplate({ template: t, close }: { template: Template; close: () => void }) {
  const kept = useQuery(templateQuery(t.name))
  const confirm = useConfirm()
  const queries = useQueryClient()
  const tell = useToasts()
  const remove = async () => {
    const hidden = kept.data?.hides
    const preview = hidden ? `The one of ${hidden} is used again.` : 'What it read until now stays.'
    if (!(await confirm({ title: `Delete the template ${t.name}?`, preview, yes: 'Delete', danger: true }))) return
    await deleteTemplate(t.name)
    await queries.invalidateQueries({ queryKey: ['templates'] })
    close()
    tell.done(`Deleted ${t.name}`)
  }
  const source = kept.data?.source
  return (
    <SidePanel title={t.name} close={close} wide>
      {kept.error && <Failure error={kept.error} />}
      {source === undefined && !kept.error && <Loading />}
      {source !== undefined && (
        <>
          <div style={{ height: 460, display: 'flex' }}>
            <Suspense fallback={<Loading />}>
              <CodeViewer text={source} label={t.name} />
            </Suspense>
          </div>
          <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
            <Button
              variant="contained"
              component={Link}
              to={'/textfsm' as '/'}
              search={{ tab: 'manual', template: t.name } as never}
            >
              Open under Manual test
            </Button>
            <Button variant="outlined" onClick={() => save(`${t.name}.textfsm`, 'text/plain', source)}>
              Save as file
            </Button>
            {t.from === 'own' && (
              <May as="admin">
                <Button color="error" onClick={() => void remove().catch(tell.failed)}>
                  Delete…
                </Button>
              </May>
            )}
          </div>
        </>
      )}
    </SidePanel>
  )
}

const of = columnsOf<Template>()

const columnsWith = (open: (t: Template) => void): Column<Template>[] => [
  of.text('name', 'Name', 340, { grow: 3, cell: (t) => <RowButton text={t.name} run={() => open(t)} /> }),
  of.text('from', 'From', 140),
]
