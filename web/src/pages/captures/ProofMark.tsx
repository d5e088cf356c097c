import { Link } from '@tanstack/react-router'
import { proofOf } from '../../api/captures'
import type { Evidence as EvidenceOf } from '../../api/types'
import { Evidence } from '../../ui/Evidence'

/** The mark of a fact: the lines of the capture that it was read in. */
export function ProofMark({ evidence, of }: { evidence: EvidenceOf; of: string }) {
  const load = async () => {
    const lines = await proofOf(evidence)
    const source = (
      <Link
        to={'/captures/$id' as '/'}
        params={{ id: evidence.capture } as never}
        search={{ line: place(evidence) } as never}
      >
        {evidence.capture_type}, line {place(evidence)}
      </Link>
    )
    return [{ source, template: evidence.template, first: evidence.first_line, lines }]
  }
  return <Evidence of={of} load={load} />
}

const place = ({ first_line, last_line }: EvidenceOf) =>
  first_line === last_line ? `${first_line}` : `${first_line}-${last_line}`
