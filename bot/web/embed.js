// Puts the chat on another site's page: <script src="https://OUR.ADDRESS/embed.js" async></script>. A button opens the chat as a panel, or
// with data-open="page" as a page. The panel is a frame of our own origin: the host page can read nothing of it. Nothing is fetched before
// the button is used, and the host page's style sheets do not reach the button.

const own = document.currentScript;
const chat = new URL("/", own.src);
const { label = "Chat with us", close = "Close the chat", open = "panel", lang } = own.dataset;
const ELSEWHERE = "https://www.bbc.co.uk/weather";
const TIMES = 3;
const WITHIN = 2000; // milliseconds
const LOOK = `
  :host { all: initial; }
  a, button { background: #005eb8; border: 2px solid #fff; border-radius: 24px; box-sizing: border-box; color: #fff; cursor: pointer;
    font: 700 18px/1.3 Arial, sans-serif; min-height: 48px; padding: 10px 20px; text-decoration: none; }
  a:focus-visible, button:focus-visible { background: #ffeb3b; color: #212b32; outline: 4px solid #212b32; }
  a { bottom: 16px; inset-inline-end: 16px; position: fixed; z-index: 2147483646; }
  section { background: #fff; border: 1px solid #4c6272; bottom: 16px; box-sizing: border-box; display: flex; flex-direction: column;
    height: min(720px, calc(100dvh - 32px)); inset-inline-end: 16px; position: fixed; width: min(420px, calc(100vw - 32px)); z-index: 2147483647; }
  button { align-self: end; background: #fff; border: 0; border-radius: 0; color: #005eb8; min-height: 44px; text-decoration: underline; }
  iframe { border: 0; flex: 1; min-height: 0; width: 100%; }
  [hidden] { display: none; }
  @media (max-width: 480px), (max-height: 480px) { section { border: 0; height: 100dvh; inset: 0; width: auto; } }`;

if (lang) chat.searchParams.set("lang", lang);

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

const host = element("div", {});
const root = host.attachShadow({ mode: "open" });
const look = new CSSStyleSheet(); // not a style element: the host's policy may forbid those
look.replaceSync(LOOK);
root.adoptedStyleSheets = [look];
const opener = element("a", { href: chat.href, textContent: label });
root.append(opener);

let panel = null;
let frame = null;

function show() {
  if (!panel) {
    panel = element("section", { ariaLabel: label });
    panel.setAttribute("role", "dialog");
    const shut = element("button", { type: "button", textContent: close });
    shut.addEventListener("click", hide);
    frame = element("iframe", { src: chat.href, title: label, allow: "clipboard-write" });
    panel.append(shut, frame);
    root.append(panel);
  }
  panel.hidden = false;
  opener.hidden = true;
  frame.focus();
}

// The chat goes on where it was when it is opened again.
function hide() {
  panel.hidden = true;
  opener.hidden = false;
  opener.focus();
}

// "Exit this page" leaves the page that the chat stands on too.
function leave() {
  document.body.replaceChildren();
  document.title = "";
  location.replace(ELSEWHERE);
}

if (open === "panel") {
  opener.setAttribute("role", "button");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    show();
  });
}

window.addEventListener("message", (event) => {
  if (frame && event.source === frame.contentWindow && event.origin === chat.origin && event.data === "left") leave();
});

let presses = [];
document.addEventListener("keydown", (event) => {
  if (!panel || panel.hidden) return;
  if (event.key === "Escape") return hide();
  if (event.key !== "Shift" || event.repeat) {
    presses = event.key === "Shift" ? presses : [];
    return;
  }
  presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
  if (presses.length >= TIMES) leave();
});

document.body ? document.body.append(host) : addEventListener("DOMContentLoaded", () => document.body.append(host));
