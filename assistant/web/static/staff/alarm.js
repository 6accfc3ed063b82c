// Emergencies and crises that nobody has: their number in the title, and a short sound for a new one if it is on.
const list = () => document.querySelector('#list .cases')
const toggle = document.getElementById('sound')
let heard = new Set(dangers())
let audio = null

function dangers() {
  return (list()?.dataset.dangers ?? '').split(' ').filter(Boolean)
}

function beep() {
  if (!audio) return
  for (const [pitch, start] of [[880, 0], [660, 0.18]]) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.2, audio.currentTime + start)
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.16)
    tone.connect(volume).connect(audio.destination)
    tone.start(audio.currentTime + start)
    tone.stop(audio.currentTime + start + 0.17)
  }
}

function showCounts() {
  const counts = list()?.dataset
  if (!counts) return
  for (const place of document.querySelectorAll('[data-count]')) {
    place.textContent = counts[place.dataset.count] ?? ''
  }
  const badge = document.getElementById('waiting-inbox')
  if (badge) badge.firstChild.textContent = counts.waiting
}

function look() {
  const current = dangers()
  const fresh = current.filter((id) => !heard.has(id))
  // A search or another view hides rows; what was heard once stays heard.
  heard = new Set([...heard, ...current])
  document.title = `${current.length ? `(${current.length}) ` : ''}${document.body.dataset.title}`
  showCounts()
  if (fresh.length) {
    document.getElementById('news').textContent = `New: ${fresh.length === 1 ? 'an emergency' : `${fresh.length} emergencies`}`
    beep()
  }
}

export function run() {
  toggle.addEventListener('click', () => {
    const on = toggle.getAttribute('aria-pressed') !== 'true'
    audio = on ? new AudioContext() : null
    toggle.setAttribute('aria-pressed', String(on))
    toggle.textContent = on ? 'Sound on' : 'Sound off'
    beep()
  })
  document.addEventListener('htmx:after:swap', look)
  look()
}
