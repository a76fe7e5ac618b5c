// What script adds to every page of the desk. Without script the pages work
// all the same.
import { live } from "./live.js";
import { seek } from "./seek.js";

seek(document.querySelector("[data-seek]"));
live();
