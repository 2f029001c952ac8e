// Hides the conversation from whoever else may see the screen: at once when asked to, and when the page was left alone. With a PIN only
// the PIN shows it again: the words are then out of the page and the handle out of the browser's storage, so that a reload shows nothing.

import { say } from "./words.js";

const ALONE = 120_000; // milliseconds without a touch or key
const TRIES = 5;

export class Cover {
  // `behind`: what it hides. `on` has: hidden(locked), shown() and over(), after too many wrong PINs.
  constructor(place, behind, on) {
    this.place = place;
    this.behind = behind;
    this.on = on;
    this.pin = null;
    this.field = place.querySelector("input");
    this.trouble = place.querySelector("[role=alert]");
    place.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.tryToShow();
    });
    for (const sign of ["keydown", "pointerdown", "wheel", "touchmove"]) document.addEventListener(sign, () => this.touched(), { passive: true });
    document.addEventListener("visibilitychange", () => document.hidden || this.woken());
    this.touched();
  }

  get up() {
    return !this.place.hidden;
  }

  touched() {
    this.lastTouch = Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), ALONE);
  }

  // A laptop that slept has not counted: what matters is the clock.
  woken() {
    if (Date.now() - this.lastTouch >= ALONE) this.hide();
  }

  // Locks from now on; the next time it hides, only this PIN shows the chat again.
  lockWith(pin) {
    this.pin = pin;
    this.left = TRIES;
  }

  hide() {
    if (this.up) return;
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    this.focused = document.activeElement;
    for (const part of this.behind) part.hidden = true;
    this.field.value = "";
    this.trouble.textContent = "";
    this.field.parentElement.hidden = this.pin === null;
    this.place.hidden = false;
    this.on.hidden(this.pin !== null);
    (this.pin === null ? this.place.querySelector("h2") : this.field).focus();
  }

  tryToShow() {
    if (this.pin === null || this.field.value === this.pin) return this.show();
    this.left -= 1;
    this.field.value = "";
    this.trouble.textContent = say("pin_wrong");
    if (this.left > 0) return this.field.focus();
    this.show();
    this.pin = null;
    this.on.over();
  }

  show() {
    this.left = TRIES;
    this.place.hidden = true;
    for (const part of this.behind) part.hidden = false;
    this.on.shown();
    if (this.focused?.isConnected) this.focused.focus();
  }
}
