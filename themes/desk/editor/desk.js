// What script adds to the pages of one text, besides the rich editor: what is
// typed is kept, fields are counted, Ctrl+S saves, a chosen picture is shown,
// and nothing goes without a word. Without script the pages work all the same.
import { count } from "./counter.js";
import { presence } from "./presence.js";
import { reading } from "./reading.js";
import { Reasons } from "./reasons.js";
import { side } from "./side.js";
import { talk } from "./talk.js";
import { writing } from "./writing.js";

const page = document.querySelector("[data-key]"); // which edition, whose page
const form = document.getElementById("editor");
const reasons = new Reasons();
const said = talk();
const text = form ? writing(page, form, reasons) : reading(page);

side(document.querySelector("[data-passages]"));
presence(page.dataset.attend, () => text?.unsaved?.() ?? false);
document.querySelectorAll("[data-max]").forEach(count);
addEventListener("beforeunload", (event) => {
  if (text?.unsent() || reasons.unsent() || said.unsent()) event.preventDefault();
});
