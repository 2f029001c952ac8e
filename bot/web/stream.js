// Keeps listening to the gateway: after a lost connection, a sleep or a restart it goes on from the last event that was seen.

import { Retrying } from "./retrying.js";
import { Refused } from "./wire.js";

export class Stream {
  // `events` as in wire.js. `on` has: event(name, data), back(), lost() and signedOut(error).
  constructor(events, on) {
    this.events = events;
    this.on = on;
    this.retrying = new Retrying();
    this.attempt = null;
    this.last = null;
  }

  // From the beginning of the conversation that the handle stands for.
  restart() {
    this.last = null;
    this.resume();
  }

  // From the last event that was seen.
  resume() {
    this.stop();
    this.attempt = new AbortController();
    void this.listen(this.attempt.signal);
  }

  stop() {
    this.attempt?.abort();
    this.retrying.now();
  }

  async listen(signal) {
    while (!signal.aborted) {
      try {
        await this.events(this.last, { signal, opened: () => this.opened(), on: (...event) => signal.aborted || this.heard(...event) });
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refused && error.status === 401) return this.on.signedOut(error);
      }
      if (signal.aborted) return;
      this.on.lost();
      await this.retrying.pause();
    }
  }

  opened() {
    this.retrying.succeeded();
    this.on.back();
  }

  heard(name, data, id) {
    this.last = id ?? this.last;
    this.on.event(name, data);
  }
}
