// The one line that says how things stand, with at most one button. What matters most is said first.

const TOPICS = ["ended", "sending", "connection", "note"];

export class Status {
  constructor(place, button) {
    this.place = place;
    this.button = button;
    this.said = new Map();
    button.addEventListener("click", () => this.act?.());
  }

  // `action` is {label, act}.
  say(topic, text, action = null) {
    this.said.set(topic, { text, action });
    this.show();
  }

  clear(...topics) {
    for (const topic of topics) this.said.delete(topic);
    this.show();
  }

  show() {
    const { text = "", action = null } = this.said.get(TOPICS.find((topic) => this.said.has(topic))) ?? {};
    if (this.place.textContent !== text) this.place.textContent = text;
    this.act = action?.act;
    this.button.hidden = !action;
    this.button.textContent = action?.label ?? "";
  }
}
