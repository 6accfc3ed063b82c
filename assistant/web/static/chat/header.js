// The header: language, "talk to a person", earlier chats.

const TRIES = 6
const TRY_AGAIN_MS = 700
const NOT_CONNECTED_YET = 409

const threadOfPage = () => (location.pathname.match(/\/thread\/([0-9a-f-]{36})/) || [])[1] || ''

async function send(address, shell, wish) {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': shell.csrf },
    body: JSON.stringify({ thread: threadOfPage(), ...wish })
  }
  let answer = null
  for (let left = TRIES; left > 0 && (!answer || answer.status === NOT_CONNECTED_YET); left--) {
    if (left < TRIES) await new Promise((after) => setTimeout(after, TRY_AGAIN_MS))
    answer = await fetch(address, request).catch(() => null)
  }
  if (answer && answer.status === 401) location.assign('/sign-in')
  if (!answer || !answer.ok) window.alert(shell.words.connection_lost)
  return Boolean(answer && answer.ok)
}

async function changeLanguage(shell, lang) {
  if (await send('/chat-shell/language', shell, { lang })) location.reload()
}

async function askForPerson(shell, button) {
  button.disabled = true
  await send('/chat-shell/person', shell, {})
  button.disabled = false
}

async function listChats(shell, list) {
  const answer = await fetch('/chat-shell.json').catch(() => null)
  const chats = answer && answer.ok ? (await answer.json()).chats : []
  const rows = chats.map((chat) => {
    const link = Object.assign(document.createElement('a'), { href: '/chat/thread/' + chat.id, textContent: chat.title })
    if (chat.id === threadOfPage()) link.setAttribute('aria-current', 'page')
    return link
  })
  const none = Object.assign(document.createElement('span'), { textContent: shell.words.no_earlier_chats })
  list.replaceChildren(
    ...(rows.length ? rows : [none]).map((child) => {
      const item = document.createElement('li')
      item.append(child)
      return item
    })
  )
}

export function startHeader(shell) {
  const language = document.getElementById('language')
  const person = document.getElementById('person')
  const more = document.querySelector('.more')
  language.addEventListener('change', () => changeLanguage(shell, language.value))
  person.addEventListener('click', () => askForPerson(shell, person))
  // The cards of an answer offer the same two things.
  window.addEventListener('assistant:person', () => askForPerson(shell, person))
  window.addEventListener('assistant:language', (event) => changeLanguage(shell, event.detail))
  more.addEventListener('toggle', () => more.open && listChats(shell, document.getElementById('earlier')))
  document.addEventListener('click', (event) => {
    if (more.open && !more.contains(event.target)) more.open = false
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !more.open) return
    more.open = false
    more.querySelector('summary').focus()
  })
}
