// How far the care team has come with what this message started, where no card says so.
export default function CaseStatus() {
  return (
    <div data-part className="case-status" lang={props.lang}>
      {props.status.length > 0 && (
        <ul className="status" aria-live="polite">
          {props.status.map((text, i) => (
            <li key={i}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
