// Puts messages into the log: each once, in order, as text (never as HTML).

const SENDERS = { assistant: "Assistant: ", staff: "Staff: ", resident: "You: " };
const NUMBERS = /\b(999|111|18000|18001 111|85258|116 123|0\d{2,4} ?\d{3,4} ?\d{3,4}|0800 1111)\b/g;
const SHORT_CODES = new Set(["85258"]);

const MARGIN = 12; // pixels above the newest message

export class Transcript {
  constructor(log, scroller) {
    this.log = log;
    this.scroller = scroller;
    this.shown = new Map();
  }

  add(message) {
    const known = this.shown.get(message.id);
    if (known) {
      known.classList.remove("chat-message--unsent");
      return false;
    }
    const entry = document.createElement("div");
    entry.className = `chat-message chat-message--${message.from} chat-message--${message.kind}`;
    const sender = document.createElement("span");
    sender.className = "nhsuk-u-visually-hidden";
    sender.textContent = SENDERS[message.from] ?? "";
    entry.append(sender, ...withLinks(message.text, message.from));
    if (message.reference) {
      const reference = document.createElement("strong");
      reference.className = "chat-reference";
      reference.textContent = message.reference;
      entry.append(reference);
    }
    this.log.append(entry);
    this.shown.set(message.id, entry);
    return true;
  }

  // The newest words in sight from their first line, with what can be tapped under them as far as there is room.
  bringIntoSight() {
    const last = [...this.log.children].at(-1);
    if (!last) return;
    const top = last.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop;
    this.scroller.scrollTop = Math.min(this.scroller.scrollHeight - this.scroller.clientHeight, top - MARGIN);
  }

  markUnsent(id) {
    this.shown.get(id)?.classList.add("chat-message--unsent");
  }

  clear() {
    this.log.replaceChildren();
    this.shown.clear();
  }
}

// Numbers in the assistant's own texts become links; what a resident wrote stays as it is.
function withLinks(text, from) {
  if (from === "resident") return [text];
  return text.split(NUMBERS).map((part, index) => (index % 2 ? link(part) : part));
}

function link(number) {
  const anchor = document.createElement("a");
  anchor.href = `${SHORT_CODES.has(number) ? "sms" : "tel"}:${number.replaceAll(" ", "")}`;
  anchor.textContent = number;
  return anchor;
}
