// The form in which a text is written: the editor's, or the merge page's.
import { Again } from "./again.js";
import { guard } from "./ask.js";
import { Autosave } from "./autosave.js";
import { Dropped } from "./dropped.js";
import * as fields from "./fields.js";
import { device } from "./memory.js";
import { post } from "./newsroom.js";
import { isOffered, isShown, offer, restore } from "./offer.js";
import { preview } from "./picture.js";
import { Status } from "./status.js";

// writing begins it, and answers how to ask whether something is not sent yet.
export function writing(page, form, reasons) {
  const stored = page.dataset.stored ? JSON.parse(page.dataset.stored) : null;
  const inForm = "unsaved" in form.dataset; // the form came with more than is saved
  const begun = fields.read(form);
  const autosave = new Autosave(page, form, new Status(), inForm ? (stored ?? {}) : begun);
  const dropped = new Dropped(page);
  let leaving = false; // the form is on its way

  // Whoever signs in again goes on with what they were about to do.
  let waiting = null; // the button that was pressed when the session was over
  const again = new Again(page, async () => {
    const pressed = waiting;
    waiting = null;
    if (pressed) form.requestSubmit(pressed.submitter);
    else await autosave.flush(true);
  });
  autosave.signedOut = () => again.ask();
  autosave.signedIn = () => again.settle();

  // isUnsaved says whether the page has something that is not in the newest
  // version.
  const isUnsaved = () => inForm || isOffered() || hasPicture(form) || !fields.same(fields.read(form), begun);

  const discard = async () => {
    await autosave.quiet();
    const answer = await post(page.dataset.discard).catch(() => null);
    if (!answer?.ok) {
      autosave.status.say("offline");
      if (autosave.unsent) autosave.changed();
      return false;
    }
    dropped.remember(unsavedText());
    await autosave.stop();
    return (leaving = true);
  };

  const unsavedText = () => {
    if (isShown("[data-offer-local]")) return device.recall(autosave.key).fields;
    return isShown("[data-offer-stored]") ? stored : fields.read(form);
  };

  const save = () => form.requestSubmit(document.querySelector("button[data-save]:not([type=button])"));
  const saveFirst = () => (isOffered() ? restore() : save());

  // Saving first makes sure that the newsroom answers and knows who asks: a
  // form that cannot arrive does not leave the page.
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    const { submitter } = event;
    event.preventDefault();
    if (submitter && "discards" in submitter.dataset) {
      dropped.remember(fields.read(form));
      await autosave.stop();
      await new Promise((next) => setTimeout(next)); // a form cannot be sent again within its submit event
    } else {
      const outcome = await autosave.flush(true);
      if (outcome === "over") {
        waiting = { submitter };
        again.ask(true);
      }
      if (outcome === "elsewhere") document.querySelector("[data-elsewhere] button").focus();
      if (outcome !== "kept" && outcome !== "refused") return;
      autosave.keep({ sent: true });
      reasons.hold();
    }
    leaving = true;
    form.requestSubmit(submitter);
  });
  addEventListener("pageshow", () => (leaving = false)); // coming back, it can be sent again

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (!form.inert) save();
  });

  // What the newsroom has of an offered draft can be taken back after it was dropped.
  document.querySelector("form[data-discards]")?.addEventListener("submit", () => dropped.remember(stored));

  document.querySelector("[data-elsewhere]").addEventListener("click", async (event) => {
    const { dataset } = event.target.closest("button") ?? { dataset: {} };
    if ("keep" in dataset) {
      dropped.show(autosave.elsewhere.fields);
      await autosave.overwrite();
    }
    if ("load" in dataset) {
      dropped.remember(fields.read(form));
      await autosave.stop();
      leaving = true;
      location.assign(new URL("?restore=1", new URL(form.getAttribute("action"), location)));
    }
  });

  previews(isUnsaved, autosave);
  guard(isUnsaved, saveFirst, discard);
  if (form.elements.lead_file) preview(form.elements.lead_file, form.querySelector("[data-picture-preview]"), form.querySelector("[data-picture-wrong]"));

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") autosave.leave();
    else if (autosave.failures > 0) autosave.flush();
  });
  addEventListener("pagehide", () => !leaving && autosave.leave());
  addEventListener("online", () => autosave.unsent && autosave.flush());

  start();
  async function start() {
    const choosing = offer(form, autosave.key, stored, dropped);
    document.documentElement.dataset.desk = "ready";
    const restored = await choosing;
    if (restored && restored.cells !== begun.cells) return relay(restored);
    if (restored) fields.write(form, restored);
    form.addEventListener("input", (event) => event.target.type !== "file" && autosave.changed());
    form.addEventListener("change", () => autosave.differs() && autosave.changed());
    if (restored) autosave.changed();
    else if ("send" in form.dataset) autosave.flush(true);
    else if (inForm && autosave.differs()) autosave.changed();
    dropped.offer((text) => {
      const instead = isUnsaved() ? unsavedText() : null;
      fields.write(form, text);
      autosave.changed();
      return instead;
    });
  }

  // relay gives the newsroom a text that was typed beside another state of its
  // source, to be laid where it belongs now.
  async function relay(text) {
    form.inert = true;
    for (;;) {
      const answer = await post(page.dataset.autosave, { ...text, stamp: autosave.stamp }).catch(() => null);
      if (answer?.ok) break;
      autosave.status.say("offline");
      await new Promise((next) => setTimeout(next, 3000));
    }
    leaving = true;
    location.assign(new URL("?restore=1", new URL(form.getAttribute("action"), location)));
  }

  return { unsent: () => !leaving && autosave.unsent && autosave.differs(), unsaved: isUnsaved };
}

// A preview shows the newest version; where more is on the page, that must
// arrive first and is shown instead.
function previews(isUnsaved, autosave) {
  for (const link of document.querySelectorAll("a[data-preview]")) {
    link.addEventListener("click", async (event) => {
      if (isOffered() || !isUnsaved()) return;
      event.preventDefault();
      await autosave.flush();
      const address = new URL(link.href);
      address.searchParams.set("unsaved", "1");
      window.open(address, "_blank", "noopener");
    });
  }
}

const hasPicture = ({ elements }) => elements.lead_file?.files.length > 0 || Boolean(elements.lead_remove?.checked);
