// Shows what /api/openapi.json says, and sends what is filled in. All text is put in as text: nothing of an answer becomes markup.
'use strict'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
/** How deep an example of a body goes into schemas that hold others. */
const DEPTH = 6
/** Characters of an answer that are shown. */
const SHOWN = 200_000

const byId = (id) => document.getElementById(id)

/** An element with attributes, properties that begin with a dot, listeners that begin with on, and what is in it. */
function el(name, attributes, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value)
    else if (key.startsWith('.')) node[key.slice(1)] = value
    else node.setAttribute(key, value)
  }
  node.append(...children)
  return node
}

function resolved(document_, schema) {
  const at = schema?.$ref?.replace('#/', '').split('/')
  return at ? at.reduce((value, key) => value?.[key], document_) : schema
}

/** What a value of this schema could be. */
function example(document_, schema, depth = 0) {
  const s = resolved(document_, schema) ?? {}
  if (s.example !== undefined) return s.example
  if (s.default !== undefined) return s.default
  if (s.enum) return s.enum[0]
  if (s.const !== undefined) return s.const
  const other = (s.oneOf ?? s.anyOf)?.find((one) => one.type !== 'null')
  if (other) return example(document_, other, depth)
  if (depth > DEPTH) return null
  if (s.allOf) return Object.assign({}, ...s.allOf.map((one) => example(document_, one, depth)))
  const type = Array.isArray(s.type) ? s.type.find((one) => one !== 'null') : s.type
  if (type === 'array') return []
  if (type === 'object' || s.properties) {
    const needed = new Set(s.required ?? [])
    const pairs = Object.entries(s.properties ?? {}).filter(([key]) => depth === 0 || needed.has(key))
    return Object.fromEntries(pairs.map(([key, value]) => [key, needed.has(key) ? example(document_, value, depth + 1) : null]))
  }
  return { integer: 0, number: 0, boolean: false }[type] ?? ''
}

function wordsOf(schema) {
  const type = Array.isArray(schema?.type) ? schema.type.filter((t) => t !== 'null').join(' or ') : schema?.type
  return [type, schema?.format].filter(Boolean).join(', ')
}

function field(document_, parameter) {
  const schema = resolved(document_, parameter.schema) ?? {}
  const name = `${parameter.name}${parameter.required ? ' *' : ''}`
  const about = [parameter.in, wordsOf(schema), parameter.description].filter(Boolean).join(' · ')
  const attributes = { name: parameter.name, autocomplete: 'off', '.required': Boolean(parameter.required) }
  const input = schema.enum
    ? el('select', attributes, el('option', { value: '' }, ''), ...schema.enum.map((one) => el('option', { value: one }, String(one))))
    : el('input', attributes)
  return { parameter, input, node: el('label', {}, el('strong', {}, name), ` ${about}`, input) }
}

/** The request that the fields make. */
function request(path, method, fields, body) {
  let asked = path
  const query = new URLSearchParams()
  const headers = { 'x-velocity': '1' }
  for (const { parameter, input } of fields) {
    const value = input.value
    if (parameter.in === 'path') asked = asked.replace(`{${parameter.name}}`, encodeURIComponent(value))
    else if (value === '') continue
    else if (parameter.in === 'query') query.append(parameter.name, value)
    else if (parameter.in === 'header') headers[parameter.name] = value
  }
  const token = byId('token').value.trim()
  if (token) headers.authorization = `Bearer ${token}`
  if (body?.value.trim()) headers['content-type'] = body.dataset.type
  const url = query.size ? `${asked}?${query}` : asked
  return { url, init: { method: method.toUpperCase(), headers, body: body?.value.trim() ? body.value : undefined } }
}

function shown(text, type) {
  if (!type.includes('json')) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** Shows the answer as it comes; a stream goes on until it is stopped. */
async function send({ url, init }, out, stop) {
  out.replaceChildren(el('p', { role: 'status' }, `${init.method} ${url} …`))
  const began = performance.now()
  let answer
  try {
    answer = await fetch(url, { ...init, signal: stop.signal })
  } catch (error) {
    out.replaceChildren(el('p', { class: 'bad', role: 'alert' }, `no answer: ${error.message}`))
    return
  }
  const heads = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  const line = el('p', { class: answer.ok ? '' : 'bad', role: 'status' })
  const body = el('pre', { tabindex: '0' })
  out.replaceChildren(line, el('details', {}, el('summary', {}, 'headers'), el('pre', {}, heads)), body)
  const type = answer.headers.get('content-type') ?? ''
  const tell = (more) => {
    const ms = Math.round(performance.now() - began)
    line.textContent = `${answer.status} ${answer.statusText} · ${ms} ms · ${init.method} ${url}${more}`
  }
  tell('')
  let text = ''
  try {
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader.read()) {
      text += part.value
      if (type.startsWith('text/event-stream')) body.textContent = text.slice(-SHOWN)
    }
    tell('')
  } catch (error) {
    tell(` · ${error.message}`)
  }
  const whole = shown(text, type)
  body.textContent = whole.length > SHOWN ? `${whole.slice(0, SHOWN)}\n… ${whole.length - SHOWN} more characters` : whole
}

function form(document_, path, method, operation, parameters) {
  const fields = parameters.map((one) => field(document_, resolved(document_, one)))
  const content = Object.entries(resolved(document_, operation.requestBody)?.content ?? {})[0]
  const body = content && el('textarea', { 'data-type': content[0], spellcheck: 'false' })
  if (body && content[0].includes('json')) body.value = JSON.stringify(example(document_, content[1].schema), null, 2)
  const out = el('div', {})
  let stop = new AbortController()
  const go = (event) => {
    event.preventDefault()
    stop.abort()
    stop = new AbortController()
    send(request(path, method, fields, body), out, stop)
  }
  return el(
    'form',
    { onsubmit: go },
    ...fields.map((one) => one.node),
    ...(body ? [el('label', {}, el('strong', {}, 'body'), ` ${content[0]}`, body)] : []),
    el('button', { type: 'submit' }, 'Send'),
    el('button', { type: 'button', onclick: () => stop.abort() }, 'Stop'),
    out,
  )
}

function answers(document_, operation) {
  const lines = Object.entries(operation.responses ?? {}).map(([status, one]) => {
    const content = Object.entries(resolved(document_, one)?.content ?? {})[0]
    const name = content?.[1].schema?.$ref?.split('/').pop()
    return `${status}  ${[name, content?.[0], one.description].filter(Boolean).join(' · ')}`
  })
  return el('details', {}, el('summary', {}, 'answers'), el('pre', {}, lines.join('\n')))
}

function show(document_, path, method, item) {
  const operation = item[method]
  const place = el('div', {})
  const title = operation.summary ?? ''
  const node = el(
    'details',
    { class: 'operation', 'data-words': `${method} ${path} ${title} ${operation.tags ?? ''}`.toLowerCase() },
    el('summary', {}, el('span', { class: `method ${method}` }, method), el('code', {}, path), ` ${title}`),
    place,
  )
  // There are many, and few are looked at.
  node.addEventListener('toggle', () => {
    if (place.hasChildNodes()) return
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
    if (operation.description) place.append(el('p', {}, operation.description))
    place.append(form(document_, path, method, operation, parameters), answers(document_, operation))
  })
  return node
}

function list(document_) {
  const byTag = new Map()
  for (const [path, item] of Object.entries(document_.paths)) {
    for (const method of METHODS.filter((one) => item[one])) {
      const tag = item[method].tags?.[0] ?? 'other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), show(document_, path, method, item)])
    }
  }
  const sections = [...byTag].map(([tag, nodes]) => el('section', {}, el('h2', {}, tag), ...nodes))
  byId('operations').replaceChildren(...sections)
}

function find() {
  const words = byId('find').value.toLowerCase().split(/\s+/).filter(Boolean)
  for (const section of document.querySelectorAll('section')) {
    const nodes = [...section.querySelectorAll('.operation')]
    for (const node of nodes) node.hidden = !words.every((word) => node.dataset.words.includes(word))
    section.hidden = nodes.every((node) => node.hidden)
  }
}

async function whoAmI() {
  const token = byId('token').value.trim()
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  try {
    const answer = await fetch('/api/v1/session', { headers })
    const me = await answer.json()
    byId('me').textContent = answer.ok ? `You are ${me.name}, ${me.role}.` : 'You are nobody: log in on the screens, or give a token.'
  } catch (error) {
    byId('me').textContent = `The server does not answer: ${error.message}`
  }
}

async function begin() {
  const document_ = await (await fetch('/api/openapi.json')).json()
  byId('about').textContent = document_.info.description
  list(document_)
}

byId('find').addEventListener('input', find)
byId('token').addEventListener('change', whoAmI)
byId('who').addEventListener('submit', (event) => event.preventDefault())
whoAmI()
begin().catch((error) => {
  byId('operations').replaceChildren(el('p', { class: 'bad', role: 'alert' }, `cannot read /api/openapi.json: ${error.message}`))
})
