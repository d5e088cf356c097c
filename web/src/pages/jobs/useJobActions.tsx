import { deleteJobs, editJobs } from '../../api/jobs'
import { useConfirm } from '../../ui/Confirm'
import { useToasts } from '../../ui/Toasts'
import { Dependents } from '../objects/Dependents'
import { useWritten } from '../objects/ObjectPanel'

/** Changing and deleting several jobs at once, each with the way back. */
export function useJobActions(done: () => void) {
  const confirm = useConfirm()
  const tell = useToasts()
  const written = useWritten()
  const alter = async (edit: Parameters<typeof editJobs>[0]) => {
    const { undo } = await editJobs(edit)
    done()
    written(`Changed ${jobs(edit.jobs ?? [])}`, undo)
  }
  const remove = async (slugs: string[]) => {
    const plan = await deleteJobs(slugs, true)
    const preview = (
      <>
        Executions of it stay. <Dependents of={plan.deletions} />
      </>
    )
    if (!(await confirm({ title: `Delete ${jobs(slugs)}?`, preview, yes: 'Delete', danger: true }))) return
    const { written: w } = await deleteJobs(slugs, false)
    done()
    written(`Deleted ${jobs(slugs)}`, w.undo)
  }
  return {
    alter: (edit: Parameters<typeof editJobs>[0]) => void alter(edit).catch(tell.failed),
    remove: (slugs: string[]) => void remove(slugs).catch(tell.failed),
  }
}

const jobs = (slugs: string[]) => (slugs.length === 1 ? `job ${slugs[0]}` : `${slugs.length} jobs`)
