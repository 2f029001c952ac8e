// The gateway, as the wire contract has it. Only the session's handle is kept in the browser.

const HANDLE = "chat";
const PATIENCE = 30_000; // milliseconds for an answer, on a slow network too
const OPENS = 10_000; // milliseconds for a stream to open: a connection that died in a sleep says nothing by itself
const SILENCE = 40_000; // milliseconds without a sign of life (the gateway gives one every 15 s) after which a stream is dead
const LOOK = 5000; // milliseconds between looks at the clock: a timer alone does not count while a laptop sleeps
const OUTLIVES = 60_000; // bytes: what browsers still send for a page that is being left

export class Refused extends Error {
  constructor(response, answer) {
    super(answer.detail || "");
    this.status = response.status;
    this.messages = answer.messages ?? null;
    this.wait = Number(response.headers.get("Retry-After")) * 1000 || 0;
  }
}

// A browser may refuse storage to a page that stands in another site's: the handle is then kept in memory, until a reload.
const storage = permitted() ?? inMemory();

function permitted() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function inMemory() {
  const held = new Map();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value), removeItem: (key) => held.delete(key) };
}

let aside = null; // the handle while the chat is locked

export function handle() {
  return aside ?? storage.getItem(HANDLE);
}

// Out of the browser's storage while the chat is locked, so that a reload does not open it.
export function setHandleAside() {
  aside = handle();
  storage.removeItem(HANDLE);
}

export function putHandleBack() {
  if (aside) storage.setItem(HANDLE, aside);
  aside = null;
}

export function forgetHandle() {
  aside = null;
  storage.removeItem(HANDLE);
}

async function call(method, path, { body, token } = {}) {
  const headers = { Accept: "application/json" };
  const content = body === undefined ? undefined : JSON.stringify(body);
  if (content) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const keepalive = Boolean(content) && new Blob([content]).size < OUTLIVES;
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), PATIENCE);
  try {
    const response = await fetch(path, { method, headers, body: content, keepalive, signal: impatience.signal });
    const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(response, answer);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

// A new conversation, or with a code the saved one. Gives its messages.
export async function openSession(code) {
  const { token, messages } = await call("POST", "/chat/sessions", { body: code ? { resume: code } : {} });
  storage.setItem(HANDLE, token);
  return messages;
}

export async function send(message) {
  return (await call("POST", "/chat/messages", { body: message, token: handle() })).messages;
}

export function forget() {
  return call("DELETE", "/chat/sessions", { token: handle() });
}

// Server-sent events by fetch, since EventSource cannot carry the token. Calls `on(name, data, id)` for each event and returns when the
// stream ends; `since` is the id of the last event that was seen; `opened` is called once the gateway answers.
export async function events(since, { on, opened, signal }) {
  const headers = { Accept: "text/event-stream", Authorization: `Bearer ${handle()}` };
  if (since !== null) headers["Last-Event-ID"] = since;
  const attempt = new AbortController();
  signal.addEventListener("abort", () => attempt.abort());
  const impatience = setTimeout(() => attempt.abort(), OPENS);
  const response = await fetch("/chat/events", { headers, signal: attempt.signal, cache: "no-store" }).finally(() => clearTimeout(impatience));
  if (!response.ok) throw new Refused(response, await response.json().catch(() => ({})));
  opened();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const since = Date.now();
    const timer = setInterval(() => Date.now() - since > SILENCE && reader.cancel(), LOOK);
    const { value, done } = await reader.read().finally(() => clearInterval(timer));
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).replace(/\r\n/g, "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) report(block, on);
  }
}

function report(block, on) {
  const fields = { event: "message", data: [] };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (line.startsWith("data:")) fields.data.push(value);
    else fields[line.slice(0, colon)] = value;
  }
  if (fields.data.length) on(fields.event, JSON.parse(fields.data.join("\n")), fields.id ?? null);
}
