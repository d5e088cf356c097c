import type { Schemas } from './client'

/** The server's words for what is on the screens, made of its OpenAPI file. */
export type Evidence = Schemas['Evidence']
export type Device = Schemas['DeviceRow']
export type DeviceView = Schemas['DeviceView']
export type DeviceCredential = Schemas['DeviceCredential']
export type LinkView = Schemas['LinkView']
export type CaptureView = Schemas['CaptureView']
export type Note = Schemas['Note']
export type CryptoView = Schemas['CryptoView']
export type RunView = Schemas['RunView']
export type ItemView = Schemas['ItemView']
export type ChangeView = Schemas['ChangeView']
export type ChangedThing = Schemas['ChangedThing']
export type Severity = Schemas['Severity']
export type Count = Schemas['Count']
/** A line that matches; `matches` are bytes of the text, from and up to. */
export type SearchHit = Omit<Schemas['SearchHit'], 'matches'> & { matches: { start: number; end: number }[] }
export type CoverageCell = Schemas['CoverageCell']
export type CoverageReport = Schemas['CoverageReport']
export type OsVersionView = Schemas['OsVersionView']
export type Answer = Schemas['FindAnswer']
export type Whereabouts = Schemas['Whereabouts']
export type RouteView = Schemas['RouteView']
export type FindReport = Schemas['FindReport']
export type Figures = Schemas['Figures']
export type Role = Schemas['Role']

/** A fact has the columns of its kind besides what every fact has. */
export type FactView = Schemas['FactView'] & Record<string, unknown>
