// What script adds to the editor's page besides the rich text: what is typed
// is kept, fields are counted, Ctrl+S saves, a chosen picture is shown.
// Without script the page works all the same.
import { Autosave } from "./autosave.js";
import { count } from "./counter.js";
import { offer } from "./offer.js";
import { preview } from "./picture.js";
import { Status } from "./status.js";

const form = document.getElementById("editor");
const status = new Status(document.querySelector("[data-autosave-status]"), document.querySelector("[data-signed-out]"));
const autosave = new Autosave(form, status);
let leaving = false; // the form is on its way

form.querySelectorAll("[data-max]").forEach(count);
preview(form.elements.lead_file, form.querySelector("[data-picture-preview]"));
start();

async function start() {
  const choosing = offer(form, autosave.key);
  document.documentElement.dataset.desk = "ready";
  const restored = await choosing;
  form.addEventListener("input", () => autosave.changed());
  form.addEventListener("change", () => autosave.changed());
  if (restored) autosave.changed();
}

// Saving first makes sure that the newsroom answers and knows who asks: a
// form that cannot arrive does not leave the page.
form.addEventListener("submit", async (event) => {
  if (leaving) return;
  event.preventDefault();
  const { submitter } = event;
  autosave.unsent = true;
  const outcome = await autosave.flush();
  if (outcome === "away" || outcome === "over") return;
  autosave.keep({ sent: true });
  leaving = true;
  form.requestSubmit(submitter);
});

// Coming back to this page from the next one, it can be sent again.
addEventListener("pageshow", () => (leaving = false));

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  if (!form.inert) form.requestSubmit(document.querySelector("button[data-save]"));
});

// A preview shows what was typed, so that must arrive first.
for (const link of document.querySelectorAll("a[data-preview]")) {
  link.addEventListener("click", async (event) => {
    if (!autosave.unsent || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await autosave.flush();
    window.open(link.href, "_blank", "noopener");
  });
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") autosave.leave();
  else if (autosave.failures > 0) autosave.flush();
});
addEventListener("pagehide", () => autosave.leave());
addEventListener("online", () => autosave.unsent && autosave.flush());
addEventListener("beforeunload", (event) => {
  if (autosave.unsent && !leaving) event.preventDefault();
});
