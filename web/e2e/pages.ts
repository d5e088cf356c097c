/** Every page, as it is opened with something in it. `e2e` looks at each in each theme. */
export const PAGES: [path: string, heading: string][] = [
  ['/', 'Dashboard'],
  ['/devices', 'Devices'],
  ['/devices/fra-spine-11', 'fra-spine-11'],
  ['/devices/fra-spine-11?tab=captures', 'fra-spine-11'],
  ['/devices/fra-spine-11?tab=neighbours', 'fra-spine-11'],
  ['/find?q=0050.5630.4110', 'Where is it'],
  ['/changes', 'Changes'],
  ['/changes/1', 'fra-spine-11: +1 -0 lines'],
  ['/executions', 'Executions'],
  ['/executions/3', 'Execution 3'],
  ['/topology', 'Topology'],
  ['/captures/8?line=4', 'configs of fra-spine-11'],
  ['/search?q=ntp+server', 'Search outputs'],
  ['/facts/arp', 'ARP table'],
  ['/help/operating', 'Help'],
]
