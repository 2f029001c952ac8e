// Sounds and shows a browser notification for each new alarm of the banner, once for all pages of this browser, where staff have
// turned that on. A page out of sight holds no line open to the console, so it asks now and then.
const WANTED = 'frontdoor-alarm'
const TOLD = 'frontdoor-alarms-told'
const ASK_EVERY = 15_000

export function raiseAlarms(banner, choice) {
  const wanted = () => localStorage.getItem(WANTED) === 'on'
  choice.textContent = words()
  choice.addEventListener('click', async () => {
    localStorage.setItem(WANTED, wanted() ? 'off' : 'on')
    choice.textContent = words()
    if (!wanted()) return
    sound()
    if ('Notification' in window && Notification.permission === 'default') await Notification.requestPermission()
  })

  function words() { return wanted() ? 'Turn alarm sound off' : 'Turn alarm sound and notifications on' }

  function look(place) {
    const marks = [...place.querySelectorAll('[data-alarm]')]
    const told = new Set(JSON.parse(localStorage.getItem(TOLD) ?? '[]'))
    const fresh = marks.filter((mark) => !told.has(mark.dataset.alarm))
    localStorage.setItem(TOLD, JSON.stringify(marks.map((mark) => mark.dataset.alarm)))
    if (!fresh.length || !wanted()) return
    sound()
    for (const mark of fresh) notify(mark)
  }

  function notify(mark) {
    if (!('Notification' in window) || Notification.permission !== 'granted') return
    const code = mark.dataset.alarm.split(':')[0]
    // Anybody may see a notification: it says that there is an alarm, never what about.
    const shown = new Notification(`Front Door: ${mark.dataset.flag} escalation ${code}`, { tag: mark.dataset.alarm })
    shown.addEventListener('click', () => { window.focus(); location.assign(`/escalations/${code}`) })
  }

  async function ask() {
    if (!document.hidden || !wanted()) return
    const answer = await fetch('/fragments/banner', { cache: 'no-store', redirect: 'error' }).catch(() => null)
    if (answer?.ok) look(new DOMParser().parseFromString(await answer.text(), 'text/html'))
  }

  new MutationObserver(() => look(banner)).observe(banner, { childList: true })
  look(banner)
  setInterval(ask, ASK_EVERY)
}

// Two tones, made here. A browser that allows no sound before the first click stays silent: the banner is there all the same.
function sound() {
  const audio = new AudioContext()
  for (const [start, pitch] of [[0, 880], [0.25, 660]]) {
    const tone = audio.createOscillator()
    const loudness = audio.createGain()
    loudness.gain.value = 0.2
    tone.frequency.value = pitch
    tone.connect(loudness).connect(audio.destination)
    tone.start(audio.currentTime + start)
    tone.stop(audio.currentTime + start + 0.2)
  }
  setTimeout(() => audio.close(), 1500)
}
