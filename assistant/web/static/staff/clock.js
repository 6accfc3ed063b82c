// Times run on by the server's clock, so that two screens show the same; `staff_clock.py` says the same words.
const page = document.body.dataset
const ahead = Date.parse(page.now) - Date.now()

export const now = () => (Date.now() + ahead) / 1000

const two = (number) => String(number).padStart(2, '0')

function span(seconds) {
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(seconds / 3600)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  if (hours < 10) return `${hours} h ${two(minutes % 60)}`
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`
}

function tick() {
  const at = now()
  for (const clock of document.querySelectorAll('time[data-due]')) {
    const left = Number(clock.dataset.due) - at
    const pressure = left < 0 ? 'over' : at >= Number(clock.dataset.soon) ? 'soon' : 'calm'
    const long = span(Math.floor(Math.abs(left)))
    const words = { over: `${long} over`, soon: `soon: ${long}`, calm: `${long} left` }[pressure]
    if (clock.textContent !== words) clock.textContent = words
    clock.className = `due due--${pressure}`
  }
  const here = document.getElementById('clock')
  if (here) here.textContent = wall.format(at * 1000)
}

const wall = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: page.zone })

export function run() {
  tick()
  setInterval(tick, 1000)
  document.addEventListener('htmx:after:swap', tick)
}
