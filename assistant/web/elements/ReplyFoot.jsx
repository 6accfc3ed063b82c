// Next steps as buttons, and one quiet line: which text, thumbs, read aloud.
import { useEffect, useState } from 'react'

function take(offer) {
  if (offer.action === 'person') window.dispatchEvent(new CustomEvent('assistant:person'))
  else if (offer.action === 'language') window.dispatchEvent(new CustomEvent('assistant:language', { detail: offer.value }))
  else sendUserMessage(offer.say)
}

function Thumb({ up, rated, onRate }) {
  const name = up ? props.helpful : props.not_helpful
  return (
    <button type="button" className="icon" aria-label={name} title={name} aria-pressed={rated === (up ? 1 : 0)} onClick={() => onRate(up ? 1 : 0)}>
      <svg viewBox="0 0 20 20" width="17" height="17" aria-hidden="true" style={up ? undefined : { transform: 'rotate(180deg)' }}>
        <path d="M6.5 9v8H3V9zM6.5 9.4 9.6 3c1 0 1.8.8 1.8 1.9V8h4.3c1 0 1.7.9 1.5 1.9l-1.1 5.7c-.2.8-.8 1.4-1.6 1.4h-8" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      </svg>
    </button>
  )
}

function ReadAloud() {
  const [reading, setReading] = useState(false)
  useEffect(() => () => reading && window.speechSynthesis.cancel(), [reading])
  if (!window.speechSynthesis) return null
  const toggle = () => {
    window.speechSynthesis.cancel()
    if (reading) return setReading(false)
    const voice = new SpeechSynthesisUtterance(props.spoken)
    voice.lang = props.lang
    voice.onend = voice.onerror = () => setReading(false)
    setReading(true)
    window.speechSynthesis.speak(voice)
  }
  return (
    <button type="button" className="word" aria-pressed={reading} onClick={toggle}>
      {reading ? props.stop_reading : props.read_aloud}
    </button>
  )
}

export default function ReplyFoot() {
  const [rated, setRated] = useState(props.rated)
  const rate = (value) => {
    setRated(value)
    callAction({ name: 'rate', payload: { card: props.card, value } })
  }
  return (
    <div className="foot" data-part data-parts={props.parts}>
      {props.offers.length > 0 && (
        <div className="chips" role="group" aria-label={props.next_steps}>
          {props.offers.map((offer, i) => (
            <button key={i} type="button" onClick={() => take(offer)}>
              {offer.label}
            </button>
          ))}
        </div>
      )}
      <div className="foot-line">
        {[props.footer, props.translated].filter(Boolean).map((text) => (
          <span key={text}>{text} · </span>
        ))}
        {props.ratable && (
          <>
            <Thumb up rated={rated} onRate={rate} />
            <Thumb rated={rated} onRate={rate} />
            {rated !== null && <span role="status">{props.rating_thanks}</span>}
            <span aria-hidden="true"> · </span>
          </>
        )}
        <ReadAloud />
      </div>
    </div>
  )
}
