// What script adds to every page of the desk. Without script the pages work
// all the same.
import { live } from "./live.js";
import { once } from "./once.js";
import { seek } from "./seek.js";

once();
seek(document.querySelector("[data-seek]"));
live();

// On a phone the menu is one row that is scrolled: where one is stays in view.
const here = document.querySelector(".menu :is([aria-current], [data-here])");
if (here) here.closest("nav").scrollLeft = here.offsetLeft - 16;
