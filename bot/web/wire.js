// The gateway, as conversation.md's wire contract has it. Only the session's handle is kept in the browser.

const HANDLE = "chat";

export class Refused extends Error {
  constructor(status, detail) {
    super(detail || "");
    this.status = status;
  }
}

export function handle() {
  return sessionStorage.getItem(HANDLE);
}

export function forgetHandle() {
  sessionStorage.removeItem(HANDLE);
}

async function call(method, path, { body, token } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer.detail);
  return answer;
}

export async function openSession() {
  const { token, messages } = await call("POST", "/chat/sessions", { body: {} });
  sessionStorage.setItem(HANDLE, token);
  return messages;
}

export function send(message) {
  return call("POST", "/chat/messages", { body: message, token: handle() }).then((answer) => answer.messages);
}

export function forget() {
  return call("DELETE", "/chat/sessions", { token: handle() });
}

// Server-sent events by fetch, since EventSource cannot carry the token. Calls `on(name, data)` for each event and
// returns when the stream ends; `since` is the id of the last event that was seen.
export async function events(since, on, signal) {
  const headers = { Accept: "text/event-stream", Authorization: `Bearer ${handle()}` };
  if (since !== null) headers["Last-Event-ID"] = since;
  const response = await fetch("/chat/events", { headers, signal, cache: "no-store" });
  if (!response.ok) throw new Refused(response.status);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).replace(/\r\n/g, "\n").split("\n\n");
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
