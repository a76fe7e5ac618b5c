// The library's page of one picture: a click says where its motif is. The
// number fields say the same, and are what is sent.
import { pointing } from "./motif.js";

pointing(document.querySelector("[data-motif]"), document.querySelector("[data-motif-hint]"));
