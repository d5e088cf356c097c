import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { figuresQuery } from './api/dashboard'
import { deviceRows } from './api/devices'
import { mapQuery } from './api/topology'
import { Root } from './shell/Root'
import { Failure, Loading } from './ui/States'
import { plainSearch, type UrlState } from './ui/urlState'
import { rowsQuery } from './ui/useRows'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Root })

type Load = () => Promise<{ default: () => React.ReactNode }>

/** What a page will ask for, by its address. */
type Ahead = (queries: QueryClient, search: UrlState) => Promise<unknown>

/** A page is loaded when it is first opened. What it shows is asked for at once, not when its code and the session are there. */
const page = (path: string, load: Load, ahead?: Ahead) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load as never),
    loader: ahead && (({ context, location }) => void ahead(context.queries, location.search as UrlState)),
  })

const pages = [
  page(
    '/',
    () => import('./pages/dashboard/DashboardPage'),
    (queries) => queries.prefetchQuery(figuresQuery),
  ),
  page(
    '/devices',
    () => import('./pages/devices/DevicesPage'),
    (queries, search) => queries.prefetchInfiniteQuery(rowsQuery(deviceRows(search))),
  ),
  page('/devices/$slug', () => import('./pages/devices/DevicePage')),
  page('/find', () => import('./pages/find/FindPage')),
  page('/changes', () => import('./pages/changes/ChangesPage')),
  page('/changes/$id', () => import('./pages/changes/ChangePage')),
  page('/executions', () => import('./pages/runs/RunsPage')),
  page('/executions/$id', () => import('./pages/runs/RunPage')),
  page(
    '/topology',
    () => import('./pages/topology/TopologyPage'),
    (queries, search) => queries.prefetchQuery(mapQuery(search.at)),
  ),
  page('/discover', () => import('./pages/collect/DiscoverPage')),
  page('/collect', () => import('./pages/collect/CollectPage')),
  page('/vault', () => import('./pages/vault/VaultPage')),
  page('/outputs', () => import('./pages/captures/OutputsPage')),
  page('/configs', () => import('./pages/captures/ConfigsPage')),
  page('/inventory', () => import('./pages/objects/ObjectsPage')),
  page('/inventory/$kind', () => import('./pages/objects/ObjectsPage')),
  page('/notes', () => import('./pages/notes/NotesPage')),
  page('/jobs', () => import('./pages/jobs/JobsPage')),
  page('/jobs/$slug', () => import('./pages/jobs/JobPage')),
  page('/batches', () => import('./pages/jobs/BatchesPage')),
  page('/job-runs/$name', () => import('./pages/jobs/JobRunPage')),
  page('/schedules', () => import('./pages/jobs/SchedulesPage')),
  page('/textfsm', () => import('./pages/textfsm/TextFsmPage')),
  page('/settings', () => import('./pages/settings/SettingsPage')),
  page('/notifications', () => import('./pages/settings/NotificationsPage')),
  page('/undo', () => import('./pages/settings/UndoPage')),
  page('/terminal', () => import('./pages/terminal/TerminalPage')),
  page('/coverage', () => import('./pages/coverage/CoveragePage')),
  page('/os-versions', () => import('./pages/coverage/VersionsPage')),
  page('/crypto', () => import('./pages/coverage/CryptoPage')),
  page('/reports', () => import('./pages/reports/ReportsPage')),
  page('/reports/$name', () => import('./pages/reports/ReportPage')),
  page('/users', () => import('./pages/admin/UsersPage')),
  page('/audit', () => import('./pages/admin/AuditPage')),
  page('/about', () => import('./pages/admin/AboutPage')),
  page('/captures/$id', () => import('./pages/captures/CapturePage')),
  page('/search', () => import('./pages/captures/SearchPage')),
  page('/facts/$kind', () => import('./pages/facts/FactsPage')),
  page('/help', () => import('./pages/help/HelpPage')),
  page('/help/$slug', () => import('./pages/help/HelpPage')),
]

export const makeRouter = (queries: QueryClient, history?: Parameters<typeof createRouter>[0]['history']) =>
  createRouter({
    routeTree: root.addChildren(pages),
    context: { queries },
    history,
    parseSearch: plainSearch.parse,
    stringifySearch: plainSearch.stringify,
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultErrorComponent: ({ error, reset }) => <Failure error={error} again={reset} />,
    defaultNotFoundComponent: () => <Failure error={new Error('There is no such page.')} />,
    scrollRestoration: true,
  })
