// Speaking instead of typing, where the browser can turn speech into words. Some browsers send the sound to their maker for that: so it is off
// until the person has read this and turned it on. What was heard is put into the box to be checked; nothing of it is sent by itself.

import { asks } from "./asking.js";
import { say } from "./words.js";

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const LANGUAGE = "en-GB"; // of the conversation

// Where the microphone is refused to the whole page, as in another site's panel, nothing is offered.
const permitted = Boolean(Recognition) && (document.featurePolicy?.allowsFeature("microphone") ?? true);

export class Dictation {
  // `status`: the page's status line; `onStart` is called when it begins to listen.
  constructor({ button, dialog, compose, status, onStart }) {
    this.button = button;
    this.compose = compose;
    this.status = status;
    this.onStart = onStart;
    this.heard = null; // what listens now
    button.hidden = !permitted;
    asks(button, dialog, () => () => this.turnOn(), { needed: () => !this.allowed });
    button.addEventListener("click", () => this.allowed && (this.heard ? this.heard.stop() : this.listen()));
    for (const sign of ["input", "submit"]) compose.form.addEventListener(sign, () => this.stop());
  }

  turnOn() {
    this.allowed = true;
    void this.listen();
  }

  async listen() {
    this.onStart();
    const heard = new Recognition();
    this.heard = heard;
    heard.lang = LANGUAGE;
    heard.interimResults = true;
    heard.processLocally = await onDevice();
    if (this.heard !== heard) return;
    const before = this.compose.box.value.trim();
    let words = "";
    let trouble = null;
    heard.onresult = ({ results }) => {
      if (this.heard !== heard) return;
      words = [...results].map(([best]) => best.transcript.trim()).join(" ");
      this.compose.put([before, words].filter(Boolean).join(" "));
    };
    heard.onerror = ({ error }) => (trouble = error);
    heard.onend = () => this.heard === heard && this.ended(words, trouble);
    this.show(true);
    this.status.say("note", say("listening"));
    heard.start();
  }

  ended(words, trouble) {
    this.heard = null;
    this.show(false);
    const said = words ? "check_words" : trouble === "no-speech" || !trouble ? "not_heard" : "no_dictation";
    this.status.say("note", say(said));
    this.compose.box.focus({ preventScroll: true });
  }

  // Without taking anything more of what is said.
  stop() {
    const heard = this.heard;
    if (!heard) return;
    this.heard = null;
    heard.abort();
    this.show(false);
    this.status.clear("note");
  }

  show(on) {
    this.button.setAttribute("aria-pressed", on);
  }
}

// Whether the device itself can do it, so that no sound leaves it.
async function onDevice() {
  const state = await Recognition.available?.({ langs: [LANGUAGE], processLocally: true }).catch(() => null);
  return state === "available";
}
