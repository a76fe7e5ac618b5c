// A text that this device has and the newsroom has not is offered first.
// Until the person chooses, nothing can be typed over it.
import * as fields from "./fields.js";
import { forget, recall } from "./memory.js";

// offer answers once the person has chosen, at once when there is no choice.
export async function offer(form, key) {
  const banner = document.querySelector("[data-offer-local]");
  const stored = document.querySelector("[data-offer-stored]");
  const local = recall(key);
  if (local && isLeft(form, local)) {
    if (stored) stored.hidden = true;
    banner.hidden = false;
    if (await choice(form, banner)) {
      fields.write(form, local.fields);
      return true;
    }
    if (stored) stored.hidden = false;
  }
  forget(key);
  if (stored) await choice(form, stored); // its buttons leave this page
  return false;
}

// isLeft says whether a text on this device is missing from the form: it
// differs, and it is not one that was saved and so became a later revision.
function isLeft(form, local) {
  const shown = fields.read(form);
  if (local.sent && Number(shown.base) > Number(local.fields.base)) return false;
  return !fields.same(shown, local.fields);
}

function choice(form, banner) {
  lock(form, true);
  banner.querySelector("[data-choose]").hidden = false;
  return new Promise((resolve) => {
    banner.addEventListener("click", (event) => {
      const button = event.target.closest("[data-restore], [data-drop]");
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
