// Single keys for people who read many introductions. They only move the focus: nothing is acknowledged or claimed without Enter.
const KEPT = 'frontdoor-keys'

export function listenForKeys(help) {
  const wanted = help.querySelector('input[type=checkbox]')
  wanted.checked = localStorage.getItem(KEPT) !== 'off'
  wanted.addEventListener('change', () => localStorage.setItem(KEPT, wanted.checked ? 'on' : 'off'))
  document.querySelector('[data-opens-keys]')?.addEventListener('click', () => help.showModal())

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    c: () => document.getElementById('claim')?.focus(),
    a: () => acknowledge()?.focus(),
    '/': () => document.getElementById('find')?.focus(),
    '?': () => help.showModal(),
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open || !wanted.checked) return
    if (event.target.closest('input, textarea, select, [contenteditable]') || !Object.hasOwn(acts, event.key)) return
    event.preventDefault()
    acts[event.key]()
  })
}

function step(by) {
  const links = [...document.querySelectorAll('.fd-alarm__level a, .fd-queue__name')]
  const here = document.activeElement?.closest('.fd-alarm, [data-key-row]')
  const at = links.findIndex((link) => here?.contains(link))
  links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus()
}

function acknowledge() {
  const here = document.activeElement?.closest('.fd-alarm')
  return (here ?? document).querySelector('[id^="acknowledge"]')
}
