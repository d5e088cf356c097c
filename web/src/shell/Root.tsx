import { GoKeys, Shell } from './Shell'

export function Root() {
  return (
    <>
      <GoKeys />
      <Shell account={null} />
    </>
  )
}
