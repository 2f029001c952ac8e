// The introduction for the resident to keep: copied, printed or as a plain text file. Nothing is mailed, and nothing stays in the browser.

import { say } from "./words.js";

const FILE = "answers.txt"; // a name that gives nothing away among other files

// Buttons that keep `text`; `entries` are the parts of the page that are printed.
export function keepers(text, entries) {
  const place = Object.assign(document.createElement("div"), { className: "chat-keep" });
  if (navigator.clipboard) place.append(copier(text));
  place.append(
    button(say("print"), () => print(entries)),
    button(say("download"), () => download(text)),
    Object.assign(document.createElement("p"), { textContent: say("keep_care") }),
  );
  return place;
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "chat-change", textContent: words });
  made.addEventListener("click", () => act(made));
  return made;
}

function copier(text) {
  const made = button(say("copy_answers"), async () => {
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    made.textContent = say(copied ? "copied" : "not_copied");
  });
  made.setAttribute("aria-live", "polite");
  return made;
}

// Only these parts: the rest of the conversation stays off the paper.
function print(entries) {
  const mark = (on) => [document.documentElement, ...entries].forEach((one) => one.toggleAttribute("data-printed", on));
  mark(true);
  window.addEventListener("afterprint", () => mark(false), { once: true });
  window.print();
}

function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  Object.assign(document.createElement("a"), { href: address, download: FILE }).click();
  URL.revokeObjectURL(address);
}
