import type { Job, JobDraft } from '../../api/jobs'

export const NEW_JOB: JobDraft = {
  name: '',
  enabled: true,
  tags: [],
  what: { captures: ['configs'] },
  which: {},
  how: {},
}

/** What of a job a person writes. */
export const draftOf = (job: Job): JobDraft => ({
  name: job.name,
  slug: job.slug,
  description: job.description,
  enabled: job.enabled,
  favourite: job.favourite,
  tags: job.tags.map((t) => t.name),
  what: job.what,
  which: job.which ?? {},
  how: job.how ?? {},
})

/** A part of the draft, changed; what is empty is left out, so that the defaults of the server hold. */
export function withPart<Part extends 'what' | 'which' | 'how'>(
  draft: JobDraft,
  part: Part,
  change: Partial<NonNullable<JobDraft[Part]>>,
): JobDraft {
  const all = Object.entries({ ...draft[part], ...change })
  const said = all.filter(([, v]) => v !== undefined && v !== '' && !(Array.isArray(v) && v.length === 0))
  return { ...draft, [part]: Object.fromEntries(said) }
}
