// The choices of the open question: buttons for one, tick boxes and a "Continue" button for several; or its fields.

import { fieldsFor } from "./fields.js";
import { say } from "./words.js";

const ALONE = new Set(["right", "none"]);

export class Choices {
  // `hint` describes the message box: the choices stand before it, and are not read out by themselves.
  constructor(place, hint, onChoose, onWrite) {
    this.place = place;
    this.hint = hint;
    this.onChoose = onChoose;
    this.onWrite = onWrite;
    this.last = null;
  }

  show(message) {
    const choices = message.choices ?? [];
    this.last = message;
    const fields = choices.length ? null : fieldsFor(message.ask, this.onWrite);
    this.hint.textContent = choices.length ? say("choices_above", { n: choices.length }) : fields ? say("fields_above") : "";
    this.place.hidden = choices.length === 0 && !fields;
    this.place.setAttribute("role", "group");
    this.place.setAttribute("aria-label", say(fields ? "your_answer" : message.multi ? "choose_any" : "choose_one"));
    this.place.replaceChildren(...(fields ? [fields] : message.multi ? this.boxes(choices) : choices.map((choice) => this.button(choice))));
  }

  // The last ones again: what was answered to them did not arrive.
  again() {
    if (this.last) this.show(this.last);
  }

  hide() {
    this.hint.textContent = "";
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  button(choice, className = "chat-choice") {
    const button = element("button", { type: "button", className, textContent: choice.label });
    button.addEventListener("click", () => this.onChoose(choice.value, choice.label));
    return button;
  }

  // What stands alone ("That's right", "Nothing") answers at once; the others are ticked, then sent together.
  boxes(choices) {
    const several = choices.filter((choice) => !ALONE.has(choice.value));
    const inputs = several.map((choice, index) =>
      element("input", { type: "checkbox", className: "nhsuk-u-visually-hidden", id: `choice-${index}`, value: choice.value }),
    );
    const labels = several.map((choice, index) =>
      element("label", { className: "chat-choice", htmlFor: `choice-${index}`, textContent: choice.label }),
    );
    const go = element("button", { type: "button", className: "chat-choice chat-choice--go chat-choice--last", textContent: say("continue"), hidden: true });
    const chosen = () => several.filter((_, index) => inputs[index].checked);
    for (const input of inputs) input.addEventListener("change", () => (go.hidden = chosen().length === 0));
    go.addEventListener("click", () => this.onChoose(chosen().map((c) => c.value), chosen().map((c) => c.label).join(", ")));
    const alone = choices.filter((choice) => ALONE.has(choice.value)).map((choice) => this.button(choice, choice.value === "none" ? "chat-choice" : "chat-choice chat-choice--go"));
    return [...alone, ...inputs.flatMap((input, index) => [input, labels[index]]), go];
  }
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
