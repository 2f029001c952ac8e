// Fetches a page's fragment every few seconds and puts each changed part in its place: the part that holds the focus keeps it.
const EVERY = 4000
const STALE = 15000

export function keepFresh(place) {
  const address = place.dataset.refresh
  let touched = false
  let last = Date.now()
  let announced = place.dataset.announce
  let timer = null

  for (const act of ['pointerdown', 'keydown']) {
    document.addEventListener(act, () => { touched = true }, { passive: true })
  }

  async function look() {
    clearTimeout(timer)
    if (document.hidden) return
    const somebody = touched
    touched = false
    try {
      const headers = somebody ? { 'X-Somebody-There': 'yes' } : {}
      const answer = await fetch(address, { headers, cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(10000) })
      if (answer.status === 401) return loggedOut()
      if (!answer.ok) throw new Error(String(answer.status))
      show(await answer.text())
      last = Date.now()
      say('')
    } catch {
      touched = touched || somebody
      if (Date.now() - last > STALE) say(`Not up to date: the console cannot be reached since ${clock(last)}. It keeps trying.`)
    }
    timer = setTimeout(look, EVERY)
  }

  function show(text) {
    const news = new DOMParser().parseFromString(text, 'text/html')
    for (const part of news.querySelectorAll('[data-part]')) {
      replace(document.querySelector(`[data-part="${part.dataset.part}"]`), part)
    }
    const root = news.body.firstElementChild
    if (root?.dataset.title) document.title = document.title.replace(/^.*(?= – )/, root.dataset.title)
    const words = root?.dataset.announce
    if (words && words !== announced) speak(words)
    announced = words
  }

  function replace(old, fresh) {
    if (!old || old.dataset.shown === fresh.innerHTML) return
    if (old.dataset.shown === undefined && same(old, fresh)) { old.dataset.shown = fresh.innerHTML; return }
    const focused = old.contains(document.activeElement) ? document.activeElement.id : ''
    const open = [...old.querySelectorAll('details')].map((details) => details.open)
    old.dataset.shown = fresh.innerHTML
    old.replaceChildren(...document.importNode(fresh, true).childNodes)
    old.querySelectorAll('details').forEach((details, index) => { details.open = open[index] ?? false })
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
  }

  function same(old, fresh) {
    return old.textContent.replace(/\s+/g, ' ') === fresh.textContent.replace(/\s+/g, ' ')
  }

  function say(text) {
    if (place.textContent === text) return
    place.textContent = text
    place.classList.toggle('fd-refresh-state--trouble', text !== '')
  }

  function speak(text) {
    const voice = document.getElementById('fd-voice')
    if (voice) voice.textContent = text
  }

  function loggedOut() {
    const link = document.createElement('a')
    link.href = `/login?told=idle&next=${encodeURIComponent(location.pathname + location.search)}`
    link.textContent = 'Log in again'
    place.replaceChildren('You have been logged out: this page is not up to date any more. ', link)
    place.classList.add('fd-refresh-state--trouble')
  }

  const clock = (moment) => new Date(moment).toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })

  document.addEventListener('visibilitychange', () => { if (!document.hidden) look() })
  timer = setTimeout(look, EVERY)
}
