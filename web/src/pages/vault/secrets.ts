import type { Credential, CredentialAsked } from '../../api/vault'

export type SecretKind = 'login' | 'snmp-community' | 'snmp-v3' | 'token'

interface SecretField {
  name: string
  label: string
  hint?: string
  required?: boolean
  /** A key, of many lines. */
  isLong?: boolean
  options?: string[]
}

const AUTH = ['MD5', 'SHA', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512']
const PRIVACY = ['DES', 'AES-128', 'AES-192', 'AES-256']

/** What each kind of credential holds. */
export const KINDS: Record<SecretKind, { label: string; hasUser: boolean; fields: SecretField[] }> = {
  login: {
    label: 'Account on devices: password, key, or both',
    hasUser: true,
    fields: [
      { name: 'password', label: 'Password' },
      { name: 'key', label: 'Private key', hint: 'OpenSSH, PEM or PuTTY', isLong: true },
      { name: 'passphrase', label: 'Passphrase of the key' },
      { name: 'enable', label: 'Enable password', hint: 'The password serves when it is left out' },
    ],
  },
  'snmp-community': {
    label: 'SNMP version 2c',
    hasUser: false,
    fields: [{ name: 'community', label: 'Community', required: true }],
  },
  'snmp-v3': {
    label: 'SNMP version 3',
    hasUser: true,
    fields: [
      { name: 'auth_protocol', label: 'Authentication', options: AUTH },
      { name: 'auth', label: 'Authentication passphrase' },
      { name: 'privacy_protocol', label: 'Privacy', options: PRIVACY },
      { name: 'privacy', label: 'Privacy passphrase' },
    ],
  },
  token: {
    label: 'Token of an outside system',
    hasUser: true,
    fields: [{ name: 'token', label: 'Token', required: true }],
  },
}

/** What is sent of a form; a secret that was left out is not in it. */
export function askedOf(kind: SecretKind, form: FormData, of: Credential | null): CredentialAsked {
  const said = (name: string) => String(form.get(name) ?? '') || undefined
  const secret = Object.fromEntries(KINDS[kind].fields.map((f) => [f.name, said(f.name)]))
  return {
    name: of?.name ?? said('name') ?? '',
    username: said('username') ?? '',
    realm: said('realm') ?? '',
    notes: said('notes'),
    priority: said('priority') === undefined ? undefined : Number(said('priority')),
    is_default: of?.is_default || form.get('default') === 'on',
    secret: { kind, ...secret } as CredentialAsked['secret'],
  }
}
