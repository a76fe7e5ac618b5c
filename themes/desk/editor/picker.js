// Choosing a picture of the library beside the text. The buttons [data-pick]
// save and lead to a page of their own without script; here that page is shown
// in a dialog, and what is chosen goes where the writer is. When it cannot be
// fetched, the buttons do what they do without script.

export function picking(form, insert) {
  const dialog = document.querySelector("dialog[data-picker]");
  if (!dialog) return;
  const shelf = dialog.querySelector("[data-shelf]");
  let place = null; // "lead" or "body"

  const load = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shelf.replaceChildren(...page.querySelector("[data-picker-page]").childNodes);
    shelf.scrollTop = 0;
  };

  const open = async (button) => {
    place = button.value;
    try {
      await load(`${dialog.dataset.picker}?place=${place}`);
    } catch {
      form.requestSubmit(button);
      return;
    }
    dialog.showModal();
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-pick]");
    if (!button) return;
    event.preventDefault();
    open(button);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    load(link.href).catch(() => dialog.close());
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const { target } = event;
    if (!("choose" in target.dataset)) {
      load(`${target.action}?${new URLSearchParams(new FormData(target))}`).catch(() => dialog.close());
      return;
    }
    dialog.close();
    if (place === "lead") setLead(form, target.dataset);
    else insert(target.dataset);
  });
}

// setLead makes a picture the lead, with what the library says of it.
function setLead(form, { hash, src, alt, caption, credit }) {
  const values = { lead_media: hash, lead_alt: alt, lead_caption: caption, lead_credit: credit };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (form.elements.lead_remove) form.elements.lead_remove.checked = false;
  if (form.elements.lead_file) form.elements.lead_file.value = "";
  const now = form.querySelector("[data-picture-now]");
  const shown = form.querySelector("[data-picture-picked]");
  if (now) now.hidden = true;
  shown.src = src;
  shown.alt = alt;
  shown.hidden = false;
}
