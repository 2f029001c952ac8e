// The reference on a receipt, and a button to copy it where the browser can.

import { say } from "./words.js";

export function reference(text) {
  const place = document.createElement("div");
  place.className = "chat-reference";
  const words = document.createElement("strong");
  words.textContent = text;
  place.append(words);
  if (navigator.clipboard) place.append(copyButton(text));
  return place;
}

function copyButton(text) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "chat-change", textContent: say("copy_reference") });
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    button.textContent = say(copied ? "copied" : "write_down");
  });
  return button;
}
