// Writing to a resident without a page load for each message: what is sent appears in the transcript, which keeps its end in sight.
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
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.disabled) return
    button.disabled = true
    const body = new URLSearchParams(new FormData(form))
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => null)
    button.disabled = false
    // Whatever is not plainly done is sent again as a form, whose page says why and keeps the words.
    if (answer?.type !== 'opaqueredirect') return form.submit()
    text.value = ''
    text.focus()
  })

  function end() { transcript.scrollTop = transcript.scrollHeight }
}
