// What was typed and is not with the gateway yet: sent one at a time, in order, each under its own id until the gateway has it.
// It is kept in memory only, so that nothing of a conversation stays in the browser.

import { Retrying } from "./retrying.js";
import { Refused } from "./wire.js";

export class Outbox {
  // `send(message)` gives the replies. `on` has: sending(), answered(message, replies), slowed(message, error), waiting(message),
  // refused(message, error), signedOut(error, messages) and gone(error).
  constructor(send, on) {
    this.send = send;
    this.on = on;
    this.waiting = [];
    this.busy = false;
    this.retrying = new Retrying();
  }

  get empty() {
    return this.waiting.length === 0;
  }

  add(message) {
    this.waiting.push(message);
    void this.deliver();
  }

  // Takes everything that waits out of it.
  drain() {
    this.retrying.now();
    return this.waiting.splice(0);
  }

  async deliver() {
    if (this.busy) return;
    this.busy = true;
    while (!this.empty) {
      const [message] = this.waiting;
      this.on.sending();
      try {
        const replies = await this.send(message);
        if (this.done(message)) this.on.answered(message, replies);
      } catch (error) {
        if (message === this.waiting[0]) await this.failed(message, error);
      }
    }
    this.busy = false;
  }

  // False where the message was drained while it was on its way.
  done(message) {
    this.retrying.succeeded();
    return this.waiting[0] === message && Boolean(this.waiting.shift());
  }

  async failed(message, error) {
    const status = error instanceof Refused ? error.status : 0;
    if (status === 401) return this.on.signedOut(error, this.drain());
    if (status === 410) return this.drain() && this.on.gone(error);
    if (status === 429 && error.messages) return this.done(message) && this.on.slowed(message, error);
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return this.done(message) && this.on.refused(message, error);
    this.on.waiting(message);
    await this.retrying.pause(error.wait);
  }
}
