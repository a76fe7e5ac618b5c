// What script adds to every page of the desk. Without script the pages work
// all the same.
import { live } from "./live.js";
import { once } from "./once.js";
import { seek } from "./seek.js";

once();
seek(document.querySelector("[data-seek]"));
live();
