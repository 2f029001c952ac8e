// Waiting longer after each failure, until somebody or something (a tap, the network) says to try now.

const STEPS = [1000, 2000, 5000, 10_000]; // milliseconds

export class Retrying {
  constructor() {
    this.tries = 0;
    this.wake = () => {};
  }

  succeeded() {
    this.tries = 0;
  }

  pause(atLeast = 0) {
    const wait = Math.max(atLeast, STEPS[Math.min(this.tries++, STEPS.length - 1)]);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  now() {
    this.wake();
  }
}
