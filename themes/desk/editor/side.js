// The keys of the page on which a translation is written beside its source, and
// text fields that grow with what is in them.
const passages = () => [...document.querySelectorAll(".passage")];

export function side(page) {
  if (!page) return;
  for (const field of page.querySelectorAll("textarea")) grow(field);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      document.querySelector("button[data-save]")?.click();
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(step, event.shiftKey);
  });
  addEventListener("hashchange", arrive);
  arrive();
}

// go moves to the next passage in a direction, or to the next that is behind.
function go(step, behind) {
  const all = passages();
  const here = all.indexOf(document.activeElement.closest(".passage"));
  const from = here < 0 && step < 0 ? all.length : here;
  for (let i = from + step; i >= 0 && i < all.length; i += step) {
    if (!behind || all[i].matches(".behind")) return enter(all[i]);
  }
}

// enter shows a passage and puts the caret into its text.
function enter(passage) {
  const folded = passage.closest("details:not([open])");
  if (folded) folded.open = true;
  const field = passage.querySelector(":is(.prose, textarea):not([hidden])"); // the rich editor stands in for its textarea
  (field ?? passage).focus({ preventScroll: true });
  passage.scrollIntoView({ block: passage.offsetHeight > innerHeight * 0.7 ? "start" : "center" });
}

// arrive follows a link to a passage.
function arrive() {
  const to = document.getElementById(location.hash.slice(1));
  if (to?.matches(".passage")) enter(to);
}

// grow is for browsers that do not fit a text field to its text themselves.
function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    if (field.hidden) return;
    field.style.height = "auto";
    field.style.height = field.scrollHeight + 2 + "px";
  };
  field.addEventListener("input", fit);
  field.addEventListener("replaced", fit);
  field.addEventListener("focus", fit);
  fit();
}
