// The page around Chainlit: starts the header, the source panel and the repairs of Chainlit's own page.
import { startHeader } from './header.js'
import { startRepairs } from './repairs.js'
import { startSources } from './sources.js'

const shell = JSON.parse(document.getElementById('shell').dataset.shell)

// Chainlit reads its theme from here when it starts, right after this script.
if (!localStorage.getItem('vite-ui-theme')) localStorage.setItem('vite-ui-theme', 'system')

// Chainlit would show a sign-in page of its own once the session has ended.
if (location.pathname.endsWith('/login')) location.replace('/sign-in')

// A new chat gets its address once it has words, so that reloading the page comes back to it.
window.addEventListener('message', (event) => {
  const thread = event.source === window && event.data && event.data.assistant && event.data.assistant.thread
  if (thread) history.replaceState(history.state, '', '/chat/thread/' + thread)
})

startHeader(shell)
startSources(shell.words)
startRepairs(shell.words)
