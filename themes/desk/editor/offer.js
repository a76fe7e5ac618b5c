// A text that this device has and the newsroom has not is offered first.
// Until the person chooses, nothing can be typed over it.
import * as fields from "./fields.js";
import { device } from "./memory.js";

// offer answers the text that the person wants back, once they have chosen; at
// once when there is no choice. What they drop is told to dropped.
export async function offer(form, key, stored, dropped) {
  const banner = document.querySelector("[data-offer-local]"); // not on the merge page
  const offered = document.querySelector("[data-offer-stored]");
  if (!banner) return null;
  const local = device.recall(key);
  if (local && isLeft(form, local, stored)) {
    if (offered) offered.hidden = true;
    banner.hidden = false;
    if (await choice(form, banner)) return local.fields;
    dropped.show(local.fields);
    if (offered) offered.hidden = false;
  }
  device.forget(key);
  if (offered) await choice(form, offered); // its buttons leave this page
  return null;
}

// isOffered says whether a text still waits to be taken back or dropped.
export const isOffered = () => isShown("[data-offer-stored]") || isShown("[data-offer-local]");
export const isShown = (selector) => document.querySelector(selector)?.hidden === false;

// restore takes the offered text back, as its button does.
export const restore = () => document.querySelector("[data-offer-stored]:not([hidden]) [data-restore], [data-offer-local]:not([hidden]) [data-restore]").click();

// isLeft says whether a text on this device is missing from the newsroom: it
// is neither in the form nor in the draft that the newsroom has, and it was not
// saved and so became a later revision.
function isLeft(form, local, stored) {
  const shown = fields.read(form);
  const later = (name) => Number(shown[name]) > Number(local.fields[name]);
  if (local.sent && (later("base") || later("version"))) return false;
  return !fields.same(shown, local.fields) && !(stored && fields.same(stored, local.fields));
}

function choice(form, banner) {
  lock(form, true);
  banner.querySelector("[data-choose]").hidden = false;
  return new Promise((resolve) => {
    banner.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-restore], button[data-drop]");
      if (!button) return;
      banner.hidden = true;
      lock(form, false);
      resolve("restore" in button.dataset);
    });
  });
}

function lock(form, on) {
  form.inert = on;
  for (const button of document.querySelectorAll(`button[form="${form.id}"]`)) button.disabled = on;
}
