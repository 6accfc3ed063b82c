// Paragraphs, headings and question lists of an answer; a pill with its source follows every sentence.

const open = (source) => window.dispatchEvent(new CustomEvent('assistant:source', { detail: source }))

function Pill({ source }) {
  const name = [props.pill, source.label, source.title].filter(Boolean).join(': ')
  return (
    <button type="button" className="pill" aria-haspopup="dialog" aria-label={name} onClick={() => open(source)}>
      {source.label}
    </button>
  )
}

// A percentage must not be torn from its sign at the end of a line.
const together = (text) => text.replace(/(\d) %/g, '$1\u00a0%')

function Words({ text: plain }) {
  const text = together(plain)
  const value = props.strong.map(together).find((one) => text.includes(one))
  if (!value) return text
  const at = text.indexOf(value)
  return (
    <>
      {text.slice(0, at)}
      <b>{value}</b>
      {text.slice(at + value.length)}
    </>
  )
}

function Said({ sentence }) {
  return (
    <>
      <Words text={sentence.text} /> <Pill source={sentence.source} />{' '}
    </>
  )
}

function Questions({ block }) {
  return (
    <details className="questions" open>
      <summary>{block.title}</summary>
      <ul>
        {block.items.map((item, i) => (
          <li key={i}>
            <Said sentence={item} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Block({ block }) {
  if (block.kind === 'heading') return <h2>{block.text}</h2>
  if (block.kind === 'questions') return <Questions block={block} />
  return (
    <p className={block.quiet ? 'quiet' : ''}>
      {block.sentences.map((sentence, i) => (
        <Said key={i} sentence={sentence} />
      ))}
    </p>
  )
}

export default function Answer() {
  return (
    <div className="answer" data-part>
      {props.blocks.map((block, i) => (
        <Block key={i} block={block} />
      ))}
    </div>
  )
}
