// Earlier answers, each of which a tap changes. Which words answered which question is read off the order of the conversation, so that it is
// known after a reload too; the gateway knows best, and puts the open question again where something was no answer.

import { say } from "./words.js";

const STORY = "story"; // the one question that is answered in several messages
const LONGEST = 40; // characters of an answer that name its button

export const CHANGE = "Change an earlier answer"; // what is sent reads as the gateway has it, in the language of the conversation

export class Answers {
  // `onChange(ask)` is called when the answer to this question is to be changed.
  constructor(log, onChange) {
    this.log = log;
    this.onChange = onChange;
  }

  // Once a question was put: what was answered before it can be changed, the open one is not answered yet.
  offer() {
    const given = answered([...this.log.children]);
    for (const button of this.buttons()) if (given.get(button.parentElement) !== button.value) withdraw(button);
    for (const [entry, ask] of given) if (!entry.querySelector(".chat-edit")) entry.append(this.button(ask, words(entry)));
  }

  // One is being changed: no other until the next question is put.
  settle() {
    this.buttons().forEach(withdraw);
  }

  buttons() {
    return [...this.log.querySelectorAll(".chat-edit")];
  }

  button(ask, said) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "chat-edit", value: ask, textContent: say("change") });
    const what = said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
    button.append(Object.assign(document.createElement("span"), { className: "nhsuk-u-visually-hidden", textContent: ` ${what}` }));
    button.addEventListener("click", () => this.onChange(ask));
    return button;
  }
}

// The focus stays where it was.
function withdraw(button) {
  if (button === document.activeElement) button.parentElement.focus({ preventScroll: true });
  button.remove();
}

// What the resident said in an entry: after who said it, before its button.
function words(entry) {
  return entry.childNodes[1].textContent;
}

// The entries that answered a question of the way, each with its question. One that is put again was not answered by what came before.
function answered(entries) {
  const given = new Map();
  let open = null;
  let since = [];
  for (const entry of entries) {
    const { ask } = entry.dataset;
    if (entry.matches(".chat-message--crisis")) since = []; // what was met with a card is not taken back by a tap
    if (entry.matches(".chat-message--resident")) {
      if (words(entry) !== CHANGE) since.push(entry);
    } else if (ask) {
      const told = open?.ask === STORY;
      if (open?.way && since.length && (told || open.ask !== ask)) given.set(open.ask, told ? [...(given.get(STORY) ?? []), ...since] : since.slice(-1));
      open = { ask, way: "way" in entry.dataset };
      since = [];
    }
  }
  given.delete(open?.ask);
  return new Map([...given].flatMap(([ask, some]) => some.map((entry) => [entry, ask])));
}
