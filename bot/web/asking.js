// A question in front of the page: a dialog with a form. Escape and "Cancel" close it; what it refuses it says in the dialog.

import { say } from "./words.js";

// An error whose words are for the person.
export function forPerson(words) {
  return Object.assign(new Error(words), { forPerson: true });
}

// `onYes(form)` may throw such an error: the dialog then stays. What it gives is called once the dialog is closed. Where `needed()` is false,
// nothing is asked.
export function asks(opener, dialog, onYes, { needed = () => true } = {}) {
  const form = dialog.querySelector("form");
  const trouble = dialog.querySelector("[role=alert]");
  const fields = [...form.elements];
  opener.addEventListener("click", () => {
    if (!needed()) return;
    form.reset();
    trouble.textContent = "";
    dialog.showModal();
    dialog.querySelector("[data-first]").focus(); // autofocus is refused in a frame of another site's page
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    trouble.textContent = "";
    try {
      const then = await onYes(form);
      dialog.close();
      then();
    } catch (error) {
      trouble.textContent = error.forPerson || error.status ? error.message : say("unreachable");
      fields.find((field) => field.matches("input"))?.focus();
    }
    delete form.dataset.busy;
  });
}
