// j k c r e ?, never while somebody writes, and they can be switched off (WCAG 2.1.4).
const help = document.getElementById('help')
const enabled = document.getElementById('keys-on')
const STORED = 'staff/keys'

const rows = () => [...document.querySelectorAll('.case > a')]
const press = (selector) => document.querySelector(selector)?.click()

export function markOpen() {
  const open = document.getElementById('case')?.dataset.case
  for (const row of rows()) {
    if (open && row.pathname === `/inbox/${open}`) row.setAttribute('aria-current', 'true')
    else row.removeAttribute('aria-current')
  }
}

function move(step) {
  const all = rows()
  const at = all.findIndex((row) => row.hasAttribute('aria-current'))
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]
  next?.focus()
  next?.click()
}

function closeCase() {
  const closing = document.getElementById('closing')
  if (!closing) return
  closing.open = true
  closing.querySelector('input[type=radio]').focus()
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  c: () => press('[data-act=claim]'),
  r: () => document.getElementById('reply-text')?.focus(),
  e: closeCase,
  '?': () => help.showModal(),
}

function typed(event) {
  const writing = event.target.closest('input:not([type=radio], [type=checkbox]), textarea, select, dialog')
  if (writing || event.ctrlKey || event.metaKey || event.altKey || !enabled.checked) return
  const act = ACTS[event.key]
  if (!act) return
  event.preventDefault()
  act()
}

export function run() {
  enabled.checked = localStorage.getItem(STORED) !== 'off'
  enabled.addEventListener('change', () => localStorage.setItem(STORED, enabled.checked ? 'on' : 'off'))
  document.getElementById('keys').addEventListener('click', () => help.showModal())
  document.addEventListener('keydown', typed)
  document.addEventListener('htmx:after:swap', markOpen)
  markOpen()
}
