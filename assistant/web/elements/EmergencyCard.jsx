// Approved words for danger, refusals and handing over. The tone gives the colour; only an emergency is red.

const ALARMING = ['emergency', 'crisis']

function Call() {
  if (!props.call) return null
  return (
    <a className="call" href={props.call}>
      {props.callLabel}
    </a>
  )
}

function Lines() {
  if (!props.lines.length) return null
  return (
    <div className="lines">
      {props.lines.map((line, i) => (
        <a key={i} href={line.href}>
          {line.label}
        </a>
      ))}
    </div>
  )
}

function Status() {
  if (!props.status.length) return null
  return (
    <ul className="status" aria-live="polite">
      {props.status.map((text, i) => (
        <li key={i}>{text}</li>
      ))}
    </ul>
  )
}

export default function EmergencyCard() {
  const alarming = ALARMING.includes(props.tone)
  const opening = props.opening.map((text, i) => <p key={i}>{text}</p>)
  return (
    <section className="script" data-part data-tone={props.tone} role={alarming ? 'alert' : undefined} lang={props.lang}>
      {props.title && <h2>{props.title}</h2>}
      <div className="script-body">
        {props.tone === 'crisis' && opening}
        <Call />
        <Lines />
        {props.tone !== 'crisis' && opening}
        {props.steps.length > 0 && (
          <ul>
            {props.steps.map((step, i) => (
              <li key={i}>{step}</li>
            ))}
          </ul>
        )}
        {props.closing.map((text, i) => (
          <p key={i}>{text}</p>
        ))}
        {props.told && <p className="told">{props.told}</p>}
      </div>
      <Status />
    </section>
  )
}
