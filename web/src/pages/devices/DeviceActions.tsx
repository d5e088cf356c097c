import Edit from '@mui/icons-material/Edit'
import Terminal from '@mui/icons-material/Terminal'
import Button from '@mui/material/Button'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { DeviceView } from '../../api/types'
import { May } from '../../shell/May'
import { useKey } from '../../ui/keys'
import { DEVICE } from '../objects/kinds'
import { ObjectPanel } from '../objects/ObjectPanel'

/** What can be done with one device: edit, collect, a shell on it. */
export function DeviceActions({ device: d }: { device: DeviceView }) {
  const [isOpen, open] = useState(false)
  const navigate = useNavigate()
  return (
    <May as="operator" at={d.site}>
      <EditKey run={() => open(true)} />
      <Button variant="outlined" component={Link} to="/collect" search={{ name: d.slug } as never}>
        Collect
      </Button>
      <Button
        variant="outlined"
        startIcon={<Terminal />}
        component={Link}
        to={'/terminal' as '/'}
        search={{ device: d.slug } as never}
      >
        Terminal
      </Button>
      <Button variant="contained" startIcon={<Edit />} onClick={() => open(true)}>
        Edit
      </Button>
      {isOpen && (
        <ObjectPanel
          kind={DEVICE}
          record={d.record as never}
          said={d.said.map((s) => s.field)}
          close={() => open(false)}
          deleted={() => void navigate({ to: '/devices' })}
        />
      )}
    </May>
  )
}

function EditKey({ run }: { run: () => void }) {
  useKey('e', 'Edit the device', run)
  return null
}
