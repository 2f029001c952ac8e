// Writing to a resident without a page load for each message: what is sent appears in the transcript, which keeps its end in sight.
const UNKNOWN = 'We do not know if this was sent. Look at what was said before you send it again.'

export function talk(place) {
  const form = place.querySelector('form[action$="/say"]')
  const transcript = place.querySelector('[data-part="transcript"]')
  end()
  new MutationObserver(end).observe(transcript, { childList: true })
  if (!form) return
  const text = form.querySelector('textarea')
  const button = form.querySelector('button')
  text.focus({ preventScroll: true })
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    decided()
    form.requestSubmit()
  })
  // Whoever writes on, or sends it again, has been told.
  text.addEventListener('input', decided)
  button.addEventListener('click', decided)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.disabled) return
    button.disabled = true
    const body = new URLSearchParams(new FormData(form))
    const words = text.value
    text.value = ''
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => null)
    button.disabled = false
    if (answer?.type === 'opaqueredirect') return text.focus()
    text.value = [words, text.value].filter(Boolean).join('\n')
    // What the console refused is sent again as a form, whose page says why and keeps the words.
    if (answer && answer.status < 500) return form.submit()
    // It may have gone all the same: nothing is sent twice by itself.
    text.setCustomValidity(UNKNOWN)
    text.reportValidity()
  })

  function decided() { text.setCustomValidity('') }

  function end() { transcript.scrollTop = transcript.scrollHeight }
}
