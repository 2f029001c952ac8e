// The chat page: sends what is typed, once and in order; shows what comes back, once and in order.

import { Choices } from "./choices.js";
import { watchForExit } from "./leaving.js";
import { Transcript } from "./transcript.js";
import * as wire from "./wire.js";

const RETRY = [1000, 2000, 5000, 10000]; // milliseconds between tries
const at = (id) => document.getElementById(id);

const transcript = new Transcript(at("log"), document.querySelector(".chat-main"));
const choices = new Choices(at("choices"), (value, label) => enqueue({ choice: value }, label));
const waiting = [];
let sending = false;
let lastEvent = null;
let stream = null;
let deleted = false;

function say(status) {
  at("status").textContent = status;
}

function show(message) {
  const isNew = transcript.add(message);
  if (!isNew) return;
  if (message.from === "resident") return transcript.bringIntoSight();
  at("typing").hidden = true;
  if (message.ask || message.choices) choices.show(message);
  if (message.progress) {
    at("progress").hidden = false;
    at("progress").textContent = `Question ${message.progress.done + 1} of about ${message.progress.of}`;
  }
  if (message.kind === "receipt" || message.kind === "crisis") at("progress").hidden = true;
  transcript.bringIntoSight();
}

function enqueue(body, text) {
  const message = { id: crypto.randomUUID(), ...body };
  choices.hide();
  show({ id: message.id, from: "resident", kind: "text", text });
  waiting.push(message);
  void deliver();
}

async function deliver() {
  if (sending) return;
  sending = true;
  for (let tries = 0; waiting.length && !deleted; ) {
    const [message] = waiting;
    at("typing").hidden = false;
    try {
      const replies = await wire.send(message);
      waiting.shift();
      tries = 0;
      say("");
      replies.forEach(show);
    } catch (error) {
      at("typing").hidden = true;
      if (error instanceof wire.Refused && error.status === 401) {
        await renew(error.message);
      } else if (error instanceof wire.Refused && error.status < 500 && error.status !== 429) {
        waiting.shift();
        transcript.markUnsent(message.id);
        say(error.message || "That could not be sent.");
      } else {
        transcript.markUnsent(message.id);
        say("Not sent yet. We will keep trying. If you need help now, use the numbers at the top.");
        await pause(RETRY[Math.min(tries++, RETRY.length - 1)]);
      }
    }
  }
  at("typing").hidden = true;
  sending = false;
}

// The session ended on the server's side: a new one is opened and what waits is sent in it.
async function renew(reason) {
  wire.forgetHandle();
  if (reason) say(reason);
  await begin();
}

async function begin() {
  for (let tries = 0; !wire.handle() && !deleted; ) {
    try {
      (await wire.openSession()).forEach(show);
      say("");
    } catch {
      say("We cannot reach the chat right now. We will keep trying. The numbers at the top work now.");
      await pause(RETRY[Math.min(tries++, RETRY.length - 1)]);
    }
  }
  lastEvent = null;
  void listen();
}

async function listen() {
  stream?.abort();
  const mine = (stream = new AbortController());
  for (let tries = 0; !mine.signal.aborted; ) {
    try {
      await wire.events(
        lastEvent,
        (name, data, id) => {
          tries = 0;
          lastEvent = id ?? lastEvent;
          if (name === "typing") at("typing").hidden = !data.typing;
          else if (data.id) show(data);
        },
        mine.signal,
      );
    } catch (error) {
      if (mine.signal.aborted) return;
      if (error instanceof wire.Refused && error.status === 401) return void renew("");
    }
    await pause(RETRY[Math.min(tries++, RETRY.length - 1)]);
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = at("message").value;
  if (!text.trim()) return at("message").focus();
  at("message").value = "";
  at("message").style.height = "";
  enqueue({ text }, text);
  at("message").focus();
});

at("message").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  at("form").requestSubmit();
});

at("message").addEventListener("input", ({ target }) => {
  target.style.height = "auto";
  target.style.height = `${target.scrollHeight + 4}px`;
});

at("forget").addEventListener("click", async () => {
  if (!window.confirm("Delete this chat? If it has not been sent to the team yet, we delete what you wrote.")) return;
  try {
    await wire.forget();
  } catch (error) {
    return say(error.message || "We could not delete it just now. Please try again.");
  }
  deleted = true;
  stream?.abort();
  wire.forgetHandle();
  transcript.clear();
  choices.hide();
  at("progress").hidden = true;
  say("This chat is deleted. Reload the page to start a new one.");
});

watchForExit(at("exit"), () => {
  stream?.abort();
  wire.forgetHandle();
});

void begin();
