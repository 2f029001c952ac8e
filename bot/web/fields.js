// Answers of a known form get fields of their own, with the keyboard that suits them. What is entered is sent as words, as if it were typed;
// the message box stays, for every other answer.

import { say } from "./words.js";

const LINES = {
  phone: { label: "field_phone", type: "tel" },
  introducer_phone: { label: "field_phone", type: "tel" },
  email: { label: "field_email", type: "email" },
  nhs_number: { label: "field_nhs", type: "text", inputMode: "numeric" },
};
const DATES = new Set(["date_of_birth"]);
const PARTS = [
  { label: "field_day", maxLength: 2 },
  { label: "field_month", maxLength: 2 },
  { label: "field_year", maxLength: 4 },
];

// A form for this question, or null where it has none. `onWrite(text)` is called with what was entered.
export function fieldsFor(ask, onWrite) {
  const wanted = DATES.has(ask) ? PARTS.map((part) => ({ ...part, type: "text", inputMode: "numeric" })) : LINES[ask] ? [LINES[ask]] : null;
  if (!wanted) return null;
  const form = element("form", { className: "chat-fields", noValidate: true, autocomplete: "off" });
  const inputs = wanted.map(({ label, ...properties }, index) => element("input", { ...properties, id: `field-${index}` }));
  form.append(...inputs.map((input, index) => labelled(input, say(wanted[index].label))));
  form.append(element("button", { type: "submit", className: "chat-choice chat-choice--go", textContent: say("continue") }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const empty = inputs.find((input) => !input.value.trim());
    if (empty) empty.focus();
    else onWrite(inputs.map((input) => input.value.trim()).join("/"));
  });
  return form;
}

function labelled(input, words) {
  const place = element("div", { className: input.maxLength > 0 ? "chat-field chat-field--short" : "chat-field" });
  place.append(element("label", { htmlFor: input.id, textContent: words }), input);
  return place;
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
