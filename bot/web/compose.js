// The box that messages are typed in: it grows with the words, and Enter sends them.

export class Compose {
  constructor(form, box, onSend) {
    this.form = form;
    this.box = box;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = box.value;
      if (text.trim()) {
        this.put("");
        onSend(text);
      }
      box.focus();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    box.addEventListener("input", () => this.grow());
  }

  put(text) {
    this.box.value = text;
    this.grow();
  }

  // Words that could not be sent come back, before what was typed since.
  giveBack(text) {
    this.put([text, this.box.value].filter(Boolean).join("\n"));
  }

  grow() {
    this.box.style.height = "auto";
    if (this.box.value) this.box.style.height = `${this.box.scrollHeight + 4}px`;
  }
}
