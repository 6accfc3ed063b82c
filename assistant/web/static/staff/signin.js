import { Button, ErrorSummary, PasswordInput, createAll } from '/vendor/nhsuk/nhsuk-frontend.min.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
for (const component of [Button, ErrorSummary, PasswordInput]) createAll(component)
