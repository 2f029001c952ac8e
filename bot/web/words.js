// The script's own texts, in the language of the page: its <template id="words"> holds them.

const all = new Map([...document.getElementById("words").content.children].map((one) => [one.dataset.key, one.textContent]));

// The text of this key; `values` fill what stands in it in square brackets.
export function say(key, values = {}) {
  return all.get(key).replace(/\[(\w+)\]/g, (slot, name) => values[name] ?? slot);
}
