import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { meQuery } from '../api/session'
import { Problem } from '../ui/Problem'
import { Failure, Loading } from '../ui/States'
import { Account } from './Account'
import { GoKeys, Shell } from './Shell'

const LoginPage = lazy(() => import('../pages/login/LoginPage'))
const ChangePassword = lazy(() => import('../pages/login/LoginPage').then((m) => ({ default: m.ChangePasswordPage })))

/** The pages for who is logged in, and the door for who is not. The address stays, so one arrives where one wanted to go. */
export function Root() {
  const me = useQuery(meQuery)
  const queries = useQueryClient()
  const again = () => void queries.resetQueries()
  if (me.error) {
    if (Problem.of(me.error).status === 401) return <Door page={<LoginPage />} />
    return <Failure error={me.error} again={again} />
  }
  if (!me.data) return <Loading />
  if (me.data.must_change_password) return <Door page={<ChangePassword done={again} />} />
  return (
    <>
      <GoKeys />
      <Shell account={<Account me={me.data} />} />
    </>
  )
}

const Door = ({ page }: { page: React.ReactNode }) => <Suspense fallback={<Loading />}>{page}</Suspense>
