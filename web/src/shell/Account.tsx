import AccountCircleOutlined from '@mui/icons-material/AccountCircleOutlined'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import Tooltip from '@mui/material/Tooltip'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { logOut, type Me } from '../api/session'
import { useToasts } from '../ui/Toasts'

export function Account({ me }: { me: Me }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const queries = useQueryClient()
  const tell = useToasts()
  const leave = () => logOut().then(() => queries.resetQueries(), tell.failed)
  return (
    <>
      <Tooltip title={`${me.name}, ${me.role}`}>
        <IconButton
          aria-label={`Account of ${me.name}`}
          aria-haspopup="menu"
          onClick={(e) => setAnchor(e.currentTarget)}
        >
          <AccountCircleOutlined />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem disabled>
          {me.name}, {me.role}
        </MenuItem>
        <MenuItem onClick={leave}>Log out</MenuItem>
      </Menu>
    </>
  )
}
