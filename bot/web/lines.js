// The numbers people can call or text, as the page's <template id="lines"> lists them: links in a text, large buttons under a crisis card.

import { say } from "./words.js";

const links = [...document.getElementById("lines").content.querySelectorAll("a")];
const byNumber = new Map(links.map((link) => [link.textContent, link]));
const longestFirst = [...byNumber.keys()].sort((one, other) => other.length - one.length);
const KNOWN = new RegExp(`\\b(${longestFirst.join("|")})\\b`);

export function withLinks(text) {
  return text.split(KNOWN).map((part, index) => (index % 2 ? byNumber.get(part).cloneNode(true) : part));
}

// Buttons for the numbers that a text names, in its order; null where it names none.
export function buttonsFor(text) {
  const named = new Set(text.split(KNOWN).filter((_, index) => index % 2));
  if (!named.size) return null;
  const list = document.createElement("ul");
  list.className = "chat-lines";
  list.lang = document.documentElement.lang; // the buttons are the page's, though the card is not
  list.dir = document.dir;
  list.append(...[...named].map((number) => item(byNumber.get(number))));
  return list;
}

function item(line) {
  const link = line.cloneNode(false);
  const number = document.createElement("strong");
  const [before, after] = say("shout" in line.dataset ? "text_shout" : "call").split("[number]");
  number.append(before, Object.assign(document.createElement("bdi"), { textContent: line.textContent }), after);
  link.append(number, line.dataset.name ? ` ${line.dataset.name}` : "");
  const entry = document.createElement("li");
  entry.append(link);
  return entry;
}
