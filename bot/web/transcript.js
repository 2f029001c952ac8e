// Puts messages into the log: each once, in the gateway's order, as text (never as HTML). What is not sent yet stays at the end.

import { keepers } from "./keep.js";
import { buttonsFor, withLinks } from "./lines.js";
import { reference } from "./receipt.js";
import { asList, parsed, settle } from "./summary.js";
import { say } from "./words.js";

const SENDERS = { assistant: "from_us", staff: "from_staff", resident: "from_you" };
const MARGIN = 12; // pixels above the newest message
const SETTLED = 400; // milliseconds without a message after which a restored conversation is complete

export class Transcript {
  // `onChange(number)`: a line of the newest summary is to be changed.
  constructor(log, scroller, onChange) {
    this.log = log;
    this.scroller = scroller;
    this.onChange = onChange;
    this.shown = new Map();
    this.unsent = new Set();
    this.approved = null; // the text of the newest summary
  }

  // A message as the gateway has it. False where it is shown already.
  add(message) {
    this.sent(message.id);
    if (this.restoring) this.restore();
    if (this.shown.has(message.id)) return false;
    const [firstUnsent] = this.unsent;
    this.log.insertBefore(this.entry(message), this.shown.get(firstUnsent) ?? null);
    return true;
  }

  // What was just typed, at the end. Gives its element.
  addUnsent(message) {
    this.log.append(this.entry({ ...message, from: "resident", kind: "text" }));
    this.unsent.add(message.id);
    return this.shown.get(message.id);
  }

  sent(id) {
    this.unsent.delete(id);
    this.shown.get(id)?.classList.remove("chat-message--unsent");
  }

  markUnsent(id) {
    this.shown.get(id)?.classList.add("chat-message--unsent");
  }

  remove(id) {
    this.shown.get(id)?.remove();
    this.shown.delete(id);
    this.unsent.delete(id);
  }

  // Until it is complete again, a conversation that comes back is not read out from its beginning.
  restore() {
    clearTimeout(this.restoring);
    this.log.setAttribute("aria-live", "off");
    this.restoring = setTimeout(() => {
      this.restoring = null;
      this.log.setAttribute("aria-live", "polite");
    }, SETTLED);
  }

  // All that was said since the resident's last words in sight, from its first line, as far as there is room.
  bringIntoSight() {
    const entries = [...this.log.children];
    const own = entries.findLastIndex((entry) => entry.classList.contains("chat-message--resident"));
    const first = own < 0 ? null : entries[own + 1] ?? entries.at(-1);
    if (!first) return; // the beginning stays in sight until something was said
    const top = first.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop;
    this.scroller.scrollTop = Math.min(this.scroller.scrollHeight - this.scroller.clientHeight, top - MARGIN);
  }

  settleSummaries() {
    for (const entry of this.log.querySelectorAll(".chat-message--summary")) settle(entry);
  }

  clear() {
    this.log.replaceChildren();
    this.approved = null;
    this.shown.clear();
    this.unsent.clear();
  }

  entry(message) {
    const entry = document.createElement("div");
    entry.className = `chat-message chat-message--${message.from} chat-message--${message.event ?? message.kind}`;
    entry.dir = "auto";
    if (message.from === "resident") {
      entry.tabIndex = -1; // takes the focus of a button that went away
      entry.setAttribute("aria-live", "off"); // nobody needs their own words read back
    }
    if (message.ask && message.from === "assistant") {
      entry.dataset.ask = message.ask;
      if (message.progress && message.ask !== "check") entry.dataset.way = ""; // one whose answer can be changed by itself
    }
    const sender = document.createElement("span");
    sender.className = message.from === "staff" ? "chat-sender" : "nhsuk-u-visually-hidden";
    sender.dir = document.dir; // in the page's language: it does not decide the direction of what was said
    sender.textContent = `${message.from === "staff" && message.by ? message.by : say(SENDERS[message.from])}: `;
    entry.append(sender, ...this.content(message));
    if (message.kind === "receipt" && this.approved) entry.append(this.keepers(message, entry));
    this.shown.set(message.id, entry);
    return entry;
  }

  // What was sent and where it went, for the resident to keep.
  keepers({ text, reference: code }, receipt) {
    const { title, items } = parsed(this.approved);
    const answers = items.map(({ number, label, answer }) => `${number}. ${label}: ${answer}`);
    const summary = [...this.log.querySelectorAll(".chat-message--summary")].at(-1);
    return keepers([text, code ?? "", "", title, ...answers].join("\n"), [summary, receipt]);
  }

  // Numbers in our own texts can be called; what a resident wrote stays as it is.
  content({ from, kind, text, reference: code }) {
    if (from === "resident") return [text];
    if (kind === "summary") {
      this.settleSummaries();
      this.approved = text;
    }
    const list = kind === "summary" ? asList(text, this.onChange) : null;
    if (list) return list;
    const buttons = kind === "crisis" ? buttonsFor(text) : null;
    if (buttons) return [...withLinks(text), buttons];
    return [...withLinks(text), ...(code ? [reference(code)] : [])];
  }
}
