/** Capture types that are offered, and what people call them. */
export const CAPTURE_TYPES: [type: string, label: string][] = [
  ['configs', 'Configuration'],
  ['arp', 'ARP table'],
  ['mac', 'MAC table'],
  ['lldp', 'LLDP neighbours'],
  ['cdp', 'CDP neighbours'],
  ['interfaces', 'Interfaces'],
  ['routes', 'Routes'],
  ['version', 'Version'],
  ['inventory', 'Inventory'],
  ['ntp', 'NTP'],
  ['snmp', 'SNMP'],
  ['bgp', 'BGP neighbours'],
]
