import * as alarm from './alarm.js'
import * as clock from './clock.js'
import * as draft from './draft.js'
import * as keys from './keys.js'
import * as line from './line.js'

for (const part of [clock, draft, alarm, keys, line]) part.run()

// What was said about one case does not stand beside another.
document.addEventListener('click', (event) => {
  if (event.target.closest('.case > a')) document.getElementById('told').replaceChildren()
})

// A form that did not reach the server keeps its words and says so.
document.addEventListener('htmx:error', (event) => {
  if (!event.target.closest?.('#pane form')) return
  const words = document.createElement('p')
  words.className = 'told told--lost'
  words.textContent = 'The server was not reached. Nothing was sent; your words are still here. Try again.'
  document.getElementById('told').replaceChildren(words)
})

// After an act the small forms are done with; a refusal leaves them as they are.
document.addEventListener('htmx:after:swap', () => {
  const told = document.querySelector('#case[data-told=done]')
  if (!told) return
  told.removeAttribute('data-told')
  for (const pop of told.querySelectorAll('details.pop')) {
    pop.open = false
    pop.querySelector('form').reset()
  }
})
