// Reads replies aloud where the device itself has an English voice. Voices that a browser fetches from its maker are passed over: they would
// send the words there. Off until it is turned on, and silent at once when it is turned off, hidden or left.

const synthesis = window.speechSynthesis;

export class Aloud {
  constructor(button) {
    this.button = button;
    this.on = false;
    this.unanswered = []; // what was said since the resident's last words: it is read when this is turned on
    if (!synthesis) return;
    synthesis.onvoiceschanged = () => this.offer(); // some browsers know their voices only after a while
    this.offer();
    button.addEventListener("click", () => {
      this.turn(!this.on);
      if (this.on) this.unanswered.forEach((message) => this.say(message));
    });
  }

  offer() {
    this.voice = voice();
    this.button.hidden = !this.voice;
    if (!this.voice) this.turn(false);
  }

  turn(on) {
    this.on = on;
    this.button.setAttribute("aria-pressed", on);
    this.hush();
  }

  // A message as the gateway has it; `quietly` where it only comes back.
  add(message, { quietly }) {
    if (message.from === "resident") return this.answered();
    this.unanswered.push(message);
    if (this.on && !quietly) this.say(message);
  }

  answered() {
    this.unanswered = [];
    this.hush();
  }

  say({ text, choices = [] }) {
    const words = new SpeechSynthesisUtterance([text, ...choices.map(({ label }) => label)].join("\n"));
    words.voice = this.voice;
    words.lang = this.voice.lang;
    synthesis.speak(words);
  }

  hush() {
    synthesis?.cancel();
  }
}

function voice() {
  const own = synthesis.getVoices().filter(({ lang, localService }) => localService && /^en\b/i.test(lang));
  return own.find(({ lang }) => /^en.GB/i.test(lang)) ?? own[0] ?? null;
}
