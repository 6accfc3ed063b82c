// Whether this page still hears of new cases, said in words beside the dot.
const live = document.getElementById('live')
const words = document.getElementById('line')
const SILENT_FOR = 40000
let last = Date.now()

function say(state, text) {
  live.dataset.line = state
  words.textContent = text
}

function heard() {
  last = Date.now()
  say('live', 'Live')
}

export function run() {
  live.addEventListener('htmx:sse:after:connection', heard)
  live.addEventListener('htmx:sse:after:message', heard)
  live.addEventListener('htmx:sse:error', () => say('lost', 'Not live: connecting again'))
  live.addEventListener('signed-out', () => location.assign('/sign-in'))
  setInterval(() => {
    if (Date.now() - last > SILENT_FOR) say('lost', 'Not live: reload the page')
  }, 5000)
}
