// Wakes the NHS design system's parts, submits filters when they change, and starts the refresh.
import { initAll } from '/static/nhsuk/nhsuk-frontend.min.js'
import { listenForKeys } from '/static/console/keys.js'
import { raiseAlarms } from '/static/console/alarm.js'
import { keepFresh } from '/static/console/refresh.js'
import { talk } from '/static/console/talk.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
initAll()

for (const control of document.querySelectorAll('[data-submits]')) {
  control.addEventListener('change', () => control.form.requestSubmit())
}

const help = document.getElementById('keys')
if (help) listenForKeys(help)

const banner = document.getElementById('fd-banner')
if (banner) raiseAlarms(banner, document.getElementById('fd-alarm-choice'))

const conversation = document.querySelector('[data-talk]')
if (conversation) talk(conversation)

const place = document.querySelector('[data-refresh]')
if (place) keepFresh(place)
