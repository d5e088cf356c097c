import Button from '@mui/material/Button'
import { useMutation } from '@tanstack/react-query'
import { testChannel } from '../../api/system'
import { useToasts } from '../../ui/Toasts'

/** Sends a message that says it is a test, to where the channel as it is saved goes. */
export function TestChannel({ id }: { id: number }) {
  const tell = useToasts()
  const test = useMutation({
    mutationFn: () => testChannel(String(id)),
    onSuccess: () => tell.done('The test was sent'),
    onError: tell.failed,
  })
  return (
    <Button variant="outlined" loading={test.isPending} onClick={() => test.mutate()}>
      Send a test
    </Button>
  )
}
