// The summary as a list that can be read and changed line by line. Its text is a title and lines "3. Phone: 07700 900123"; an answer
// may go over several lines of its own. After a blank line comes the question.

import { say } from "./words.js";

const NUMBERED = /^(\d{1,2})\. ([^:]+): (.*)$/;

export function parsed(text) {
  const title = [];
  const items = [];
  for (const line of text.split("\n")) {
    const [, number, label, answer] = NUMBERED.exec(line) ?? [];
    if (Number(number) === items.length + 1) items.push({ number: items.length + 1, label, answer });
    else if (items.length) items.at(-1).answer += `\n${line}`;
    else title.push(line);
  }
  const last = items.at(-1);
  const end = last ? last.answer.lastIndexOf("\n\n") : -1;
  const question = end < 0 ? "" : last.answer.slice(end).trim();
  if (question) last.answer = last.answer.slice(0, end);
  return { title: title.join("\n"), items, question };
}

// The nodes of a summary; `onChange(number)` is called when a line is to be changed. Null where the text holds no such list.
export function asList(text, onChange) {
  const { title, items, question } = parsed(text);
  if (!items.length) return null;
  const list = document.createElement("ol");
  list.className = "chat-answers";
  list.append(...items.map((one) => row(one, onChange)));
  const asked = Object.assign(document.createElement("span"), { className: "chat-asked", textContent: question });
  return [title, list, asked];
}

export function settle(entry) {
  for (const button of entry.querySelectorAll(".chat-change")) button.remove();
}

function row({ number, label, answer }, onChange) {
  const entry = document.createElement("li");
  const words = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = label;
  words.append(name, `\n${answer}`);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "chat-change", textContent: say("change") });
  const what = Object.assign(document.createElement("span"), { className: "nhsuk-u-visually-hidden", textContent: ` ${label}` });
  button.append(what);
  button.addEventListener("click", () => onChange(number));
  entry.append(words, button);
  return entry;
}
