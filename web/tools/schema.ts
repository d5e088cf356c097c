/** A part of JSON Schema, as much as the OpenAPI file uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  prefixItems?: Schema[]
  allOf?: Schema[]
  oneOf?: Schema[]
  anyOf?: Schema[]
}

/** What of a value is not as its schema says, each with its place; empty when all is. */
export function misfits(value: unknown, schema: Schema, of: Record<string, Schema>, at = '$'): string[] {
  if (schema.$ref) {
    const known = of[schema.$ref.replace('#/components/schemas/', '')]
    return known ? misfits(value, known, of, at) : [`${at}: ${schema.$ref} is not defined`]
  }
  const own = [
    ...(schema.allOf ?? []).flatMap((s) => misfits(value, s, of, at)),
    ...oneFits(value, schema.oneOf ?? schema.anyOf, of, at),
  ]
  if (schema.enum && !schema.enum.includes(value)) own.push(`${at}: ${JSON.stringify(value)} is none of its words`)
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length > 0 && !types.some((t) => isOf(value, t))) return [...own, `${at}: is no ${types.join(' or ')}`]
  if (Array.isArray(value))
    return [
      ...own,
      ...value.flatMap((v, n) => misfits(v, schema.prefixItems?.[n] ?? schema.items ?? {}, of, `${at}[${n}]`)),
    ]
  if (typeof value !== 'object' || value === null) return own
  const fields = value as Record<string, unknown>
  const missing = (schema.required ?? []).filter((name) => !(name in fields)).map((name) => `${at}.${name}: is missing`)
  const wrong = Object.entries(schema.properties ?? {})
    .filter(([name]) => name in fields)
    .flatMap(([name, s]) => misfits(fields[name], s, of, `${at}.${name}`))
  return [...own, ...missing, ...wrong]
}

/** Of several forms one fits, or what is wrong with the one that fits best. */
function oneFits(value: unknown, forms: Schema[] | undefined, of: Record<string, Schema>, at: string): string[] {
  const tried = (forms ?? []).map((s) => misfits(value, s, of, at)).toSorted((a, b) => a.length - b.length)
  return tried[0] ?? []
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === type
}
