import type { DeviceView } from '../../../api/types'
import { FactTable } from '../../facts/FactTable'

export function Network({ device }: { device: DeviceView }) {
  return (
    <FactTable kind="interfaces" device={device.slug} empty="Collect `interfaces` of this device to see its ports." />
  )
}
