// How far along the questions are, and how long the rest takes: a guess, in whole minutes.

import { say } from "./words.js";

const SECONDS = 20; // that a question takes: about 25 of them in under ten minutes

export function progressWords({ done, of }) {
  const minutes = Math.max(1, Math.round(((of - done) * SECONDS) / 60));
  const time = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" }).format(minutes);
  return `${say("progress", { n: done + 1, of })}. ${say("time_left", { time })}`;
}
