// How the page looks, as its reader set it. It is kept in the page's own address, so that nothing is stored and a reload keeps it.

import { say } from "./words.js";

function chosen(name) {
  return new URL(location.href).searchParams.get(name);
}

// Without a new place in the history.
function choose(name, value) {
  const address = new URL(location.href);
  if (value === null) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  history.replaceState(null, "", address);
}

const SIZES = [null, "large", "largest"];

// Each press makes the text larger, after the largest it is as it was.
export function textSize(button) {
  const root = document.documentElement;
  const show = (size) => (size ? root.setAttribute("data-size", size) : root.removeAttribute("data-size"));
  show(chosen("size"));
  button.addEventListener("click", () => {
    const next = SIZES[(SIZES.indexOf(chosen("size")) + 1) % SIZES.length];
    choose("size", next);
    show(next);
  });
}

// Another language takes no place in the history, and the look goes with it. The conversation comes back by its handle.
export function languages(place) {
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    choose("lang", new URL(link.href).searchParams.get("lang"));
    location.reload();
  });
}

// The look of a page of notes: no name of a service, none of its colours. The numbers stay.
export function plainLook(button) {
  const own = document.title;
  const show = (on) => {
    document.body.classList.toggle("chat-page--notes", on);
    document.title = on ? say("notes") : own;
    button.setAttribute("aria-pressed", on);
  };
  show(chosen("look") === "notes");
  button.addEventListener("click", () => {
    const on = chosen("look") !== "notes";
    choose("look", on ? "notes" : null);
    show(on);
  });
}
