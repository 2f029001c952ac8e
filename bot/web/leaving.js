// Leaving at once: the button, or Shift three times. What is on the screen goes first, then the page and its place in the history; it works
// without a connection too, and the chat's other tabs go with it. Until the other page is there, the screen says what this does not erase.
// Shown in a panel of another site's page, it takes that page along: by the browser's leave where a person acts, else by embed.js.

import { say } from "./words.js";

const ELSEWHERE = "https://www.bbc.co.uk/weather";
const TIMES = 3;
const WITHIN = 2000; // milliseconds

// `before` forgets what the page knows.
export function watchForExit(button, before) {
  const others = new BroadcastChannel("chat");
  let left = false;
  const leave = () => {
    if (left) return;
    left = true;
    const note = Object.assign(document.createElement("p"), { className: "chat-left", textContent: say("leaving") });
    document.body.replaceChildren(note);
    document.title = "";
    before();
    if (window.parent !== window) window.parent.postMessage("left", "*");
    window.top.location.replace(ELSEWHERE);
  };
  const leaveEverywhere = (event) => {
    event.preventDefault();
    others.postMessage("left");
    leave();
  };
  others.addEventListener("message", leave);
  button.addEventListener("click", leaveEverywhere);
  button.addEventListener("keydown", (event) => event.key === " " && leaveEverywhere(event));
  window.addEventListener("pageshow", (event) => event.persisted && left && location.reload());
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) {
      presses = event.key === "Shift" ? presses : [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length >= TIMES) leaveEverywhere(event);
  });
}
