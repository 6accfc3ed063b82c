// What Chainlit's page lacks: names for its buttons, news for screen readers, telephone links, words for an empty chat.

const READ_AT_ONCE = 1500
const QUIET_MS = 900

function nameButtons(words) {
  const names = { '#chat-submit': words.send, '.lucide-arrow-down': words.to_latest }
  for (const [selector, name] of Object.entries(names)) {
    for (const found of document.querySelectorAll('#root ' + selector)) {
      const button = found.closest('button')
      if (button && !button.getAttribute('aria-label')) button.setAttribute('aria-label', name)
    }
  }
  const input = document.getElementById('chat-input')
  if (input && !input.getAttribute('aria-label')) input.setAttribute('aria-label', input.placeholder)
}

// Markdown refuses tel: and sms: addresses, so a link that lost its own gets the number from its words.
function dial() {
  for (const link of document.querySelectorAll('.message-content a:not([href]), .message-content a[href=""]')) {
    const number = link.textContent.replace(/[^\d+*#]/g, '')
    if (!number) continue
    link.href = 'tel:' + number
    link.removeAttribute('target')
  }
}

// The plain text of an answer gives way only when every card of it was drawn.
function preferCards() {
  for (const foot of document.querySelectorAll('[data-parts]')) {
    const content = foot.closest('.message-content')
    const drawn = content.querySelectorAll('[data-part]').length
    content.toggleAttribute('data-drawn', drawn === Number(foot.dataset.parts))
  }
}

function welcome(words) {
  const screen = document.getElementById('welcome-screen')
  if (!screen || screen.querySelector('.welcome-words')) return
  const block = Object.assign(document.createElement('div'), { className: 'welcome-words' })
  block.append(
    Object.assign(document.createElement('h2'), { textContent: words.welcome_title }),
    Object.assign(document.createElement('p'), { textContent: words.welcome_text })
  )
  screen.prepend(block)
}

const waiting = new WeakMap()
const known = new Map()

// Tells a screen reader what a message says once it stopped changing; what was told is not repeated.
function announce(log) {
  for (const step of document.querySelectorAll('[data-step-type=assistant_message]')) {
    const id = step.querySelector('[id^=step-]')?.id
    if (!id || step.querySelector('[role=alert]')) continue
    clearTimeout(waiting.get(step))
    waiting.set(step, setTimeout(() => {
      const text = step.innerText.trim()
      if (!text || known.get(id) === text) return
      known.set(id, text)
      log.append(Object.assign(document.createElement('p'), { textContent: text.slice(0, READ_AT_ONCE) }))
      while (log.children.length > 5) log.firstChild.remove()
    }, QUIET_MS))
  }
}

export function startRepairs(words) {
  const log = document.getElementById('said')
  let due = false
  const repair = () => {
    due = false
    nameButtons(words)
    dial()
    preferCards()
    welcome(words)
    announce(log)
  }
  const soon = () => {
    if (!due) requestAnimationFrame(repair)
    due = true
  }
  new MutationObserver(soon).observe(document.getElementById('root'), { childList: true, subtree: true, characterData: true })
}
