// Fetches a page's fragment when the console says that something is new and puts each changed part in its place: the part that
// holds the focus keeps it. It also looks now and then by itself (ages grow), and often while the console's word cannot be had.
const EVERY = 30_000
const UNTOLD = 4000
const STALE = 15000

export function keepFresh(place) {
  const address = place.dataset.refresh
  let touched = false
  let last = Date.now()
  let announced = place.dataset.announce
  let timer = null
  let looking = false
  let again = false
  let changes = null

  for (const act of ['pointerdown', 'keydown']) {
    document.addEventListener(act, () => { touched = true }, { passive: true })
  }

  async function look() {
    if (document.hidden) return
    if (looking) { again = true; return }
    clearTimeout(timer)
    looking = true
    again = false
    const wait = await fetched()
    looking = false
    if (again) return look()
    if (wait) timer = setTimeout(look, wait)
  }

  // How long to wait before the next look; 0 for ever.
  async function fetched() {
    const somebody = touched
    touched = false
    try {
      const headers = somebody ? { 'X-Somebody-There': 'yes' } : {}
      const answer = await fetch(address, { headers, cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(10000) })
      if (answer.status === 401) { loggedOut(); return 0 }
      if (!answer.ok) throw new Error(String(answer.status))
      show(await answer.text())
      last = Date.now()
      say('')
      return changes?.readyState === EventSource.OPEN ? EVERY : UNTOLD
    } catch {
      touched = touched || somebody
      if (Date.now() - last > STALE) say(`Not up to date: the console cannot be reached since ${clock(last)}. It keeps trying.`)
      return UNTOLD
    }
  }

  // Only a page in sight listens: a browser opens few connections to one host, and people keep many tabs.
  function listen() {
    changes?.close()
    changes = null
    if (document.hidden) return
    changes = new EventSource('/fragments/changes')
    changes.addEventListener('changed', look)
    changes.addEventListener('error', () => { clearTimeout(timer); timer = setTimeout(look, UNTOLD) })
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
    again = false
    changes?.close()
    const link = document.createElement('a')
    link.href = `/login?told=idle&next=${encodeURIComponent(location.pathname + location.search)}`
    link.textContent = 'Log in again'
    place.replaceChildren('You have been logged out: this page is not up to date any more. ', link)
    place.classList.add('fd-refresh-state--trouble')
  }

  const clock = (moment) => new Date(moment).toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })

  document.addEventListener('visibilitychange', () => { listen(); look() })
  listen()
  timer = setTimeout(look, UNTOLD)
}
