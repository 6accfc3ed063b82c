// The panel that opens when a source is tapped: the approved passage, and who reviewed it when.

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place)

function line(tag, text, className = '') {
  return Object.assign(document.createElement(tag), { textContent: text, className })
}

function facts(source, words) {
  const origin = { record: words.from_your_record, formula: words.worked_out }[source.kind] || ''
  return [
    origin,
    source.publisher,
    source.version ? fill(words.version, { version: source.version }) : '',
    source.reviewer ? fill(words.reviewed_by, { name: source.reviewer }) : '',
    source.reviewed ? fill(words.reviewed_on, { date: source.reviewed }) : '',
    source.reviewBy ? fill(words.review_by, { date: source.reviewBy }) : '',
    source.status
  ].filter(Boolean)
}

function link(source, words) {
  const address = line('a', words.publisher_page)
  address.href = source.url
  address.target = '_blank'
  address.rel = 'noopener noreferrer'
  const paragraph = document.createElement('p')
  paragraph.append(address)
  return paragraph
}

function show(panel, source, words) {
  const title = line('h2', source.title || words.about_source)
  title.id = 'source-title'
  const close = line('button', words.close, 'pill-button')
  close.type = 'button'
  close.addEventListener('click', () => panel.close())
  const passage = source.passage ? source.passage.split(/\n\n+/).map((text) => line('blockquote', text)) : []
  const list = document.createElement('ul')
  list.append(...facts(source, words).map((text) => line('li', text)))
  panel.replaceChildren(title, ...passage, list, ...(source.url ? [link(source, words)] : []), close)
  panel.showModal()
}

export function startSources(words) {
  const panel = document.getElementById('source')
  window.addEventListener('assistant:source', (event) => show(panel, event.detail, words))
  panel.addEventListener('click', (event) => event.target === panel && panel.close())
}
