// What is typed for a verb, such as why a text is returned. It is sent with
// the verb alone, so nobody leaves the page without it unawares; saving the
// text in between keeps it.
import { tab } from "./memory.js";

export class Reasons {
  constructor() {
    this.key = "desk.reasons." + location.pathname;
    this.fields = [...document.querySelectorAll("form[data-verb] textarea")];
    this.sending = null; // the form that is on its way
    this.held = false;
    this.#bring();
    document.addEventListener("submit", (event) => {
      if (!event.defaultPrevented) this.sending = event.target;
    });
    addEventListener("pageshow", () => {
      this.sending = null;
      this.held = false;
    });
  }

  unsent() {
    return !this.held && this.fields.some((field) => field.form !== this.sending && field.value.trim() !== "");
  }

  // hold keeps them for the page that comes after saving.
  hold() {
    const typed = this.fields.filter((field) => field.value.trim() !== "");
    if (typed.length) this.held = tab.remember(this.key, Object.fromEntries(typed.map((field) => [field.id, field.value])));
  }

  #bring() {
    const typed = tab.recall(this.key) ?? {};
    for (const field of this.fields) {
      if (!typed[field.id] || field.value.trim() !== "") continue;
      field.value = typed[field.id];
      field.closest("details").open = true;
    }
    if (this.fields.length) tab.forget(this.key);
  }
}
