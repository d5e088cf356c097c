/** Whether a request is `GET /api/v1/devices/{device}`. */
export function fits(key: string, method: string, pathname: string): boolean {
  const [verb, template = ''] = key.split(' ')
  const pattern = template.replace(/\{\w+\}/g, '[^/]+')
  return verb === method && new RegExp(`^${pattern}$`).test(pathname)
}
