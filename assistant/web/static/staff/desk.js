// A problem leads to its line in the editor; small forms stay open only while they are used.
document.addEventListener('click', (event) => {
  const line = Number(event.target.closest('[data-line]')?.dataset.line)
  const box = document.getElementById('body')
  if (!line || !box) return
  const lines = box.value.split('\n')
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  box.focus()
  box.setSelectionRange(start, start + (lines[line - 1] ?? '').length)
  box.scrollTop = (box.scrollHeight / lines.length) * Math.max(line - 4, 0)
})
