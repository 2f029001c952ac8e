// The choices of the open question: buttons for one, tick boxes and a "Continue" button for several.

export class Choices {
  constructor(place, onChoose) {
    this.place = place;
    this.onChoose = onChoose;
  }

  show(message) {
    const choices = message.choices ?? [];
    this.place.hidden = choices.length === 0;
    this.place.setAttribute("role", "group");
    this.place.setAttribute("aria-label", message.multi ? "Choose any that fit, then Continue" : "Choose one, or type your answer");
    this.place.replaceChildren(...(message.multi ? this.boxes(choices) : choices.map((choice) => this.button(choice))));
  }

  hide() {
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  button(choice) {
    const button = element("button", { type: "button", className: "chat-choice", textContent: choice.label });
    button.addEventListener("click", () => this.onChoose(choice.value, choice.label));
    return button;
  }

  boxes(choices) {
    const inputs = choices.map((choice, index) =>
      element("input", { type: "checkbox", className: "nhsuk-u-visually-hidden", id: `choice-${index}`, value: choice.value }),
    );
    const labels = choices.map((choice, index) =>
      element("label", { className: "chat-choice", htmlFor: `choice-${index}`, textContent: choice.label }),
    );
    const go = element("button", { type: "button", className: "chat-choice chat-choice--go", textContent: "Continue" });
    go.addEventListener("click", () => {
      const chosen = choices.filter((_, index) => inputs[index].checked);
      if (chosen.length) this.onChoose(chosen.map((c) => c.value), chosen.map((c) => c.label).join(", "));
    });
    return [...inputs.flatMap((input, index) => [input, labels[index]]), go];
  }
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
