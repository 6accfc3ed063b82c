// Plain red-flag questions. A yes is sent at once; no to all of them when the last one is answered.
import { useState } from 'react'

export default function SafetyCheck() {
  const answered = props.answers !== null
  const [chosen, setChosen] = useState(props.answers || props.questions.map(() => null))
  const [sent, setSent] = useState(false)
  const closed = answered || sent
  const shown = answered ? props.answers : chosen

  const send = (answers) => {
    setSent(true)
    Promise.resolve(callAction({ name: 'safety_check', payload: { card: props.card, answers } })).catch(() => setSent(false))
  }
  const choose = (place, answer) => {
    const next = chosen.map((old, i) => (i === place ? answer : old))
    setChosen(next)
    if (answer || next.every((one) => one === false)) send(next)
  }
  const none = () => {
    const all = props.questions.map(() => false)
    setChosen(all)
    send(all)
  }

  return (
    <section className="check" data-part aria-label={props.title} lang={props.lang}>
      <h2>{props.title}</h2>
      {props.intro && <p>{props.intro}</p>}
      {props.questions.map((question, place) => (
        <fieldset key={place} disabled={closed}>
          <legend>{question}</legend>
          {[true, false].map((answer) => (
            <button
              key={String(answer)}
              type="button"
              aria-pressed={shown[place] === answer}
              onClick={() => choose(place, answer)}
            >
              {answer ? props.yes : props.no}
            </button>
          ))}
        </fieldset>
      ))}
      {!closed && (
        <button type="button" className="none" onClick={none}>
          {props.none}
        </button>
      )}
    </section>
  )
}
