import { queryOptions } from '@tanstack/react-query'
import type { UrlState } from '../ui/urlState'
import type { RowsQuery } from '../ui/useRows'
import { call, file, get, type Schemas } from './client'
import { once } from './runs'

export type Job = Schemas['JobRow']
export type JobDraft = Schemas['JobDraft']
export type JobCommand = Schemas['JobCommand']
export type RunJob = Schemas['RunJob']
export type JobsGoing = Schemas['JobsGoing']

export const jobRows = ({ q, type, vendor, tag, enabled, favourite }: UrlState): RowsQuery<Job> => {
  const query = { search: q, type, vendor, tag, enabled: yes(enabled), favourite: yes(favourite) }
  return { key: ['jobs', query], page: (_cursor, _limit, signal) => get('/api/v1/jobs', { query }, signal) }
}

const yes = (word: string | undefined) => (word === undefined ? undefined : word === 'yes')

export const jobQuery = (job: string) =>
  queryOptions({
    queryKey: ['job', job],
    queryFn: ({ signal }) => get('/api/v1/jobs/{job}', { path: { job } }, signal),
  })

/** Which devices it would ask what, and what is wrong with it. */
export const previewQuery = (job: JobDraft) =>
  queryOptions({
    queryKey: ['job-preview', job],
    queryFn: ({ signal }) => call('post', '/api/v1/jobs/preview', {}, { job, limit: 200 }, signal),
  })

export const starterRows: RowsQuery<JobDraft> = {
  key: ['starter-jobs'],
  page: (_cursor, _limit, signal) => get('/api/v1/jobs/starter', {}, signal),
}

export const addJob = (job: JobDraft) => call('post', '/api/v1/jobs', {}, job)

/** Only the version that was seen is changed. */
export const editJob = (slug: string, version: number, job: JobDraft) =>
  call('put', '/api/v1/jobs/{job}', { path: { job: slug }, header: { 'If-Match': `"${version}"` } }, job)

export const duplicateJob = (slug: string) => call('post', '/api/v1/jobs/{job}/duplicate', { path: { job: slug } }, {})

export const editJobs = (edit: Schemas['BulkEditJobs']) => call('post', '/api/v1/jobs/bulk-edit', {}, edit)

export const deleteJobs = (jobs: string[], dryRun: boolean) =>
  call('post', '/api/v1/jobs/bulk-delete', {}, { jobs, dry_run: dryRun })

export const addStarterJobs = (vendor: string | undefined) => call('post', '/api/v1/jobs/starter', {}, { vendor })

export const importJobs = (files: { name: string; text: string }[], dryRun: boolean) =>
  call('post', '/api/v1/jobs/import', {}, { files, dry_run: dryRun })

export const jobsFile = (jobs: string[]) =>
  file('/api/v1/jobs/export', { query: { jobs: jobs.join(',') || undefined, format: 'yaml' } })

export const runJob = (job: string, how: RunJob, key: string) =>
  call('post', '/api/v1/jobs/{job}/run', { path: { job }, ...once(key) }, how)

export const runJobs = (asked: Schemas['RunJobs'], key: string) => call('post', '/api/v1/jobs/run', once(key), asked)

/** Jobs that are run together, asked for again until they are over. */
export const jobRunQuery = (name: string) =>
  queryOptions({
    queryKey: ['job-run', name],
    queryFn: ({ signal }) => get('/api/v1/job-runs/{name}', { path: { name } }, signal),
    refetchInterval: ({ state }) => (state.data && !state.data.is_over ? 2000 : false),
  })

export const cancelJobs = (name: string) => call('post', '/api/v1/job-runs/{name}/cancel', { path: { name } })
