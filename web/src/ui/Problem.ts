/** What the server answers when it does not do what was asked (RFC 9457), `detail` saying what to do. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail?: string,
    readonly fields: Record<string, string> = {},
  ) {
    super(detail ? `${title}: ${detail}` : title)
  }

  /** Of anything that was thrown: an answer, a broken connection, a mistake of ours. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown
    if (thrown instanceof TypeError && /fetch|network/i.test(thrown.message))
      return new Problem(0, 'The server does not answer', 'It may be restarting. This page asks again by itself.')
    return new Problem(0, 'This page failed', thrown instanceof Error ? thrown.message : String(thrown))
  }
}
