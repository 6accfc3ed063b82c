// One result: the value, what it is called, the range with a marker, and how it changed.
import { useEffect, useRef, useState } from 'react'

const open = () => window.dispatchEvent(new CustomEvent('assistant:source', { detail: props.source }))
const share = (value, [low, high]) => Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100))

function segments() {
  const [low, high] = props.bounds
  const from = low === null ? 0 : share(low, props.scale)
  const to = high === null ? 100 : share(high, props.scale)
  return [
    { kind: 'outside', width: from },
    { kind: 'inside', width: to - from },
    { kind: 'outside', width: 100 - to }
  ].filter((one) => one.width > 0)
}

function Range() {
  const known = props.bounds.some((bound) => bound !== null)
  if (!known || props.number === null) return null
  const ends = [props.scale[0], ...props.bounds, props.scale[1]].filter((end) => end !== null)
  const ticks = [...new Set(ends)]
  return (
    <div className="range" role="img" aria-label={[props.rangeText, props.flag].join(', ')}>
      <div className="bar">
        {segments().map((one, i) => (
          <i key={i} className={one.kind} style={{ width: one.width + '%' }} />
        ))}
        <u style={{ insetInlineStart: share(props.number, props.scale) + '%' }} />
      </div>
      <div className="ticks">
        {ticks.map((end) => (
          <span key={end} style={{ insetInlineStart: share(end, props.scale) + '%' }} data-at={share(end, props.scale)}>
            {end}
          </span>
        ))}
      </div>
    </div>
  )
}

// The span of values that the trend draws: all points, and the end of the range that is nearest to them.
function drawnSpan() {
  const values = props.points.map((point) => point.value)
  const nearest = props.bounds
    .filter((bound) => bound !== null)
    .sort((a, b) => distance(a, values) - distance(b, values))
    .slice(0, 1)
  const low = Math.min(...values, ...nearest)
  const high = Math.max(...values, ...nearest)
  const room = (high - low || Math.abs(high) || 1) * 0.18
  return [low - room, high + room]
}

const distance = (bound, values) => Math.min(...values.map((value) => Math.abs(value - bound)))

// By date, but never so near that two labels touch.
function places(width) {
  const edge = 40
  const gap = Math.min(76, (width - 2 * edge) / Math.max(1, props.points.length - 1))
  const [first, last] = [props.points[0].at, props.points[props.points.length - 1].at]
  const found = []
  props.points.forEach((point, i) => {
    const byDate = edge + ((width - 2 * edge) * (point.at - first)) / (last - first || 1)
    const room = width - edge - gap * (props.points.length - 1 - i)
    found.push(i === 0 ? byDate : Math.min(room, Math.max(byDate, found[i - 1] + gap)))
  })
  return found
}

function Trend() {
  const box = useRef(null)
  const [width, setWidth] = useState(560)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(240, entry.contentRect.width)))
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [])
  const [height, top, foot] = [118, 26, 24]
  const [low, high] = drawnSpan()
  const y = (value) => top + (height - top - foot) * (1 - (value - low) / (high - low))
  const x = places(width)
  const bandTop = props.bounds[1] === null ? top - 12 : Math.max(top - 12, y(Math.min(high, props.bounds[1])))
  const bandEnd = props.bounds[0] === null ? height - foot + 4 : Math.min(height - foot + 4, y(Math.max(low, props.bounds[0])))
  const banded = props.bounds.some((bound) => bound !== null)
  const last = props.points.length - 1
  return (
    <div ref={box} className="trend">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={props.alt}>
        {banded && <rect className="band" x="0" width={width} y={bandTop} height={Math.max(4, bandEnd - bandTop)} />}
        <polyline points={props.points.map((point, i) => `${x[i]},${y(point.value)}`).join(' ')} />
        {props.points.map((point, i) => (
          <g key={i} className={i === last ? 'latest' : ''}>
            <circle cx={x[i]} cy={y(point.value)} r={i === last ? 5 : 4} />
            <text className="value" x={x[i]} y={y(point.value) - 11}>{point.text}</text>
            <text className="when" x={x[i]} y={height - 4}>{point.when}</text>
          </g>
        ))}
      </svg>
    </div>
  )
}

export default function ResultCard() {
  return (
    <section className="result" data-part data-tone={props.tone} aria-label={[props.name, props.plainName].join(', ')}>
      <div className="result-top">
        <div>
          <h2>{props.name}</h2>
          <p className="small">{props.plainName}</p>
        </div>
        <div className="reading">
          <p>
            <b>{props.value}</b> {props.unit}
          </p>
          <p className="flag">{props.flag}</p>
        </div>
      </div>
      <Range />
      {props.points.length > 1 && <Trend />}
      <p className="small facts">
        {[props.date, [props.rangeSource, props.rangeText].filter(Boolean).join(': ')].filter(Boolean).join(' · ')}{' '}
        <button type="button" className="pill" aria-haspopup="dialog" onClick={open}>
          {props.source.label}
        </button>
      </p>
    </section>
  )
}
