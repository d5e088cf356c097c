import type { DeviceView } from '../../../api/types'
import { FactTable } from '../../facts/FactTable'

export function Hardware({ device }: { device: DeviceView }) {
  return (
    <FactTable kind="components" device={device.slug} empty="Collect `inventory` of this device to see its parts." />
  )
}
