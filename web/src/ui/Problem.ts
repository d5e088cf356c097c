/** What the server answers when it does not do what was asked (RFC 9457), `detail` saying what to do. */
export class Problem extends Error {
  constructor(
    /** Of HTTP; 0 when there was no answer. */
    readonly status: number,
    readonly title: string,
    readonly detail?: string,
    /** A name that stays: `urn:velocity:not-found`. */
    readonly kind = '',
  ) {
    super(detail ? `${title}: ${detail}` : title)
  }

  /** Of anything that was thrown: an answer, a broken connection, a mistake of ours. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown
    if (thrown instanceof TypeError && /fetch|network/i.test(thrown.message))
      return new Problem(0, 'The server does not answer', 'It may be restarting. Try again in a moment.')
    return new Problem(0, 'This page failed', thrown instanceof Error ? thrown.message : String(thrown))
  }
}
