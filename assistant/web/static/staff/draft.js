// A reply that is being written outlives a reload of this tab; it is forgotten when it was sent, and at sign-out.
const key = (box) => `draft/${document.body.dataset.account}/${box.dataset.draft}`
const box = () => document.querySelector('[data-draft]')

function keep(event) {
  if (!event.target.matches?.('[data-draft]')) return
  const written = event.target.value
  if (written) sessionStorage.setItem(key(event.target), written)
  else sessionStorage.removeItem(key(event.target))
  say(Boolean(written))
}

function say(kept) {
  const words = document.getElementById('kept')
  if (words) words.hidden = !kept
}

function bringBack() {
  const reply = box()
  const told = document.getElementById('case')
  if (told?.hasAttribute('data-sent')) {
    told.removeAttribute('data-sent')
    if (reply) {
      sessionStorage.removeItem(key(reply))
      reply.value = ''
    }
  }
  if (!reply) return
  const written = sessionStorage.getItem(key(reply))
  if (!reply.value && written) reply.value = written
  say(Boolean(reply.value))
}

export function run() {
  document.addEventListener('input', keep)
  document.addEventListener('htmx:after:swap', bringBack)
  document.addEventListener('submit', (event) => {
    if (event.target.matches('[data-sign-out]')) sessionStorage.clear()
  })
  bringBack()
}
