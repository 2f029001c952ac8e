// The chat page: sends what is typed, once and in order; shows what comes back, once and in order.

import { Aloud } from "./aloud.js";
import { Answers, CHANGE } from "./answers.js";
import { asks, forPerson } from "./asking.js";
import { Attended } from "./attended.js";
import { Choices } from "./choices.js";
import { Compose } from "./compose.js";
import { Cover } from "./cover.js";
import { Dictation } from "./dictation.js";
import { watchForExit } from "./leaving.js";
import { languages, plainLook, textSize } from "./look.js";
import { Outbox } from "./outbox.js";
import { progressWords } from "./progress.js";
import { Retrying } from "./retrying.js";
import { Status } from "./status.js";
import { Stream } from "./stream.js";
import { Transcript } from "./transcript.js";
import * as wire from "./wire.js";
import { say } from "./words.js";

const at = (id) => document.getElementById(id);
const SAVE = "Save for later"; // in the language of the conversation
const canHover = window.matchMedia("(hover: hover) and (pointer: fine)");

const status = new Status(at("status"), at("act"));
const transcript = new Transcript(at("log"), at("maincontent"), (number) => answer({ text: `change ${number}` }, `change ${number}`));
const answers = new Answers(at("log"), (ask) => answer({ choice: `change:${ask}` }, CHANGE));
const choices = new Choices(at("choices"), at("hint"), (value, label) => answer({ choice: value }, label), (text) => answer({ text }, text));
const compose = new Compose(at("form"), at("message"), (text) => enqueue({ text }, text));
const aloud = new Aloud(at("aloud"));
const dictation = new Dictation({ button: at("speak"), dialog: at("speak-dialog"), compose, status, onStart: () => aloud.hush() });
const attended = new Attended(at("attended"), at("automated"));
const opening = new Retrying();
let ready = Promise.resolve(); // until there is a session to send in
let leaving = false;
const gap = document.createComment(""); // where the conversation was, while it is locked

const outbox = new Outbox((message) => ready.then(() => wire.send(message)), {
  sending: () => typing(true),
  answered(message, replies) {
    arrived(message);
    replies.forEach(show);
  },
  slowed(message, error) {
    arrived(message);
    status.say("note", error.message);
    error.messages.forEach(show);
  },
  waiting(message) {
    typing(false);
    transcript.markUnsent(message.id);
    status.say("sending", say("not_sent"), { label: say("try_again"), act: tryNow });
  },
  refused(message, error) {
    typing(false);
    status.clear("sending");
    transcript.remove(message.id);
    if (message.choice) choices.again();
    else compose.giveBack(message.text);
    status.say("note", error.message || say("refused"));
  },
  signedOut: renew,
  gone: (error) => end(error.message),
});

const stream = new Stream(wire.events, {
  event(name, data) {
    if (name === "typing") typing(data.typing);
    else if (data.id) show(data);
  },
  back: () => status.clear("connection"),
  lost() {
    typing(false);
    if (stream.retrying.tries > 0 || !navigator.onLine) status.say("connection", say("lost"), { label: say("try_again"), act: tryNow });
  },
  signedOut: (error) => renew(error, outbox.drain()),
});

function typing(on) {
  at("typing").hidden = !on;
}

function arrived(message) {
  transcript.sent(message.id);
  status.clear("sending");
  typing(false);
}

function show(message) {
  if (!transcript.add(message)) return;
  aloud.add(message, { quietly: Boolean(transcript.restoring) || cover.up });
  if (message.from === "resident") {
    choices.hide();
  } else {
    typing(false);
    if (attended.heard(message)) leaveToThePerson();
    else if (message.ask || message.choices) choices.show(message);
    if (message.ask) answers.offer();
    progress(message);
  }
  transcript.bringIntoSight();
}

// Nothing of the assistant's is to be answered or changed while somebody is there.
function leaveToThePerson() {
  choices.hide();
  answers.settle();
}

// Neither goes on once the conversation is out of sight.
function quiet() {
  aloud.hush();
  dictation.stop();
}

function progress({ kind, progress, event }) {
  if (progress) showWay(progressWords(progress));
  if (kind === "receipt" || kind === "crisis" || event) showWay("");
}

// How far along the questions are, and the way to stop there and go on another time.
function showWay(words) {
  at("progress").textContent = words;
  at("way").hidden = !words;
}

function enqueue(body, text) {
  const message = { id: identity(), ...body };
  choices.hide();
  answers.settle();
  aloud.answered();
  status.clear("note");
  const entry = transcript.addUnsent({ id: message.id, text });
  transcript.bringIntoSight();
  outbox.add(message);
  return entry;
}

// By a button that goes away: the focus goes on to the box, or, where that would open a phone's keyboard, to what was said.
function answer(body, text) {
  transcript.settleSummaries();
  const entry = enqueue(body, text);
  (canHover.matches ? at("message") : entry).focus({ preventScroll: true });
}

// A UUID, on pages without https too.
function identity() {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function retryNow() {
  for (const one of [outbox.retrying, stream.retrying, opening]) one.now();
}

function tryNow() {
  retryNow();
  at("message").focus({ preventScroll: true });
}

// Words that can stand alone are sent in the new chat, so that they are screened; a "yes" to a question of the old one is not.
async function renew(error, unsent = []) {
  stream.stop();
  wire.forgetHandle();
  clear();
  status.say("note", error.message);
  await begin();
  for (const { text = "" } of unsent) {
    if (text.trim().includes(" ")) enqueue({ text }, text);
    else compose.giveBack(text);
  }
  status.say("note", error.message);
}

function begin() {
  ready = open();
  return ready;
}

async function open() {
  while (!wire.handle()) {
    try {
      (await wire.openSession()).forEach(show);
      status.clear("connection");
    } catch (error) {
      outbox.waiting.forEach((message) => transcript.markUnsent(message.id));
      status.say("connection", error.status === 429 ? error.message : say("not_reached"), { label: say("try_again"), act: tryNow });
      await opening.pause(error.wait);
    }
  }
  opening.succeeded();
  stream.restart();
}

function clear() {
  typing(false);
  quiet();
  transcript.clear();
  choices.hide();
  attended.show(null);
  showWay("");
  status.clear("ended", "sending", "connection", "note");
}

// This chat is over; another can be started.
function end(words) {
  outbox.drain();
  stream.stop();
  wire.forgetHandle();
  clear();
  at("form").classList.add("chat-form--ended");
  status.say("ended", words, { label: say("start_new"), act: startAgain });
  at("act").focus();
}

function startAgain() {
  at("form").classList.remove("chat-form--ended");
  clear();
  at("message").focus({ preventScroll: true });
  void begin();
}

asks(at("forget"), at("forget-dialog"), async () => {
  await wire.forget();
  return () => end(say("deleted"));
});

asks(at("resume"), at("resume-dialog"), async (form) => {
  await wire.openSession(form.elements.code.value.trim());
  return () => {
    outbox.drain();
    at("form").classList.remove("chat-form--ended");
    clear();
    transcript.restore();
    stream.restart();
    at("message").focus({ preventScroll: true });
  };
});

// The link of a text holds a code after its "#". It is only filled in here, for what looks at links before their reader does would use it
// up, and it leaves the address bar and the history at once.
function fillInLinkedCode() {
  const linked = /^#([2-9A-Z]{4}-[2-9A-Z]{4})$/i.exec(location.hash);
  if (!linked) return;
  history.replaceState(null, "", location.pathname + location.search);
  at("resume").click();
  at("code").value = linked[1];
}

const cover = new Cover(at("cover"), [at("maincontent"), at("form")], {
  hidden(locked) {
    quiet();
    if (!locked) return;
    at("log").replaceWith(gap);
    wire.setHandleAside();
  },
  shown() {
    if (gap.isConnected) gap.replaceWith(transcript.log);
    wire.putHandleBack();
    transcript.bringIntoSight();
  },
  over: () => end(say("pin_over")),
});
at("hide-now").addEventListener("click", () => cover.hide());

asks(at("private"), at("private-dialog"), (form) => {
  const pin = form.elements.pin.value;
  if (!/^\d{4}$/.test(pin)) throw forPerson(say("pin_needed"));
  return () => {
    cover.lockWith(pin);
    cover.hide();
  };
});

at("later").addEventListener("click", () => answer({ text: SAVE }, SAVE));

plainLook(at("plain-look"));
textSize(at("bigger"));
languages(document.querySelector(".chat-languages"));

watchForExit(at("exit"), () => {
  leaving = true;
  quiet();
  outbox.drain();
  stream.stop();
  wire.forgetHandle();
});

window.addEventListener("online", retryNow);
window.addEventListener("beforeunload", (event) => {
  if (!outbox.empty && !leaving) event.preventDefault();
});
window.addEventListener("pagehide", () => {
  quiet();
  stream.stop();
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (wire.handle()) stream.resume();
  else location.reload();
});

if (wire.handle()) transcript.restore();
void begin();
fillInLinkedCode();
performance.mark("usable"); // from here on what is typed is kept and sent
