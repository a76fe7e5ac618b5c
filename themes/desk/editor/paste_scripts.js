// Raised and lowered figures and letters. An article has no such marks, and
// without them a number would become another one: 10 to the 6th must not turn
// into 106. So they become the characters that Unicode has for them.
import { each, styleOf } from "./paste_tree.js";

const table = (plain, small) => new Map([...plain].map((c, i) => [c, [...small][i]]));
const raised = table(
  "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW−–",
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ⁻⁻",
);
const lowered = table("0123456789+-=()aehijklmnoprstuvx−–", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₋₋");

// scripts writes them as text, wherever they are told by an element or a style.
export function scripts(body) {
  each(body, "sup:not([data-footnote]), sub, [data-style]", (node) => {
    const kind = kindOf(node);
    if (!kind || node.querySelector("p, li, table, br")) return;
    const [, before, text, after] = /^(\s*)([^]*?)(\s*)$/.exec(node.textContent);
    if (text) node.replaceWith(before + written(node, kind, text) + after);
  });
}

function kindOf(node) {
  if (node.localName === "sup" || node.localName === "sub") return node.localName;
  const style = styleOf(node);
  const raise = parseFloat(style["mso-text-raise"]) || 0;
  if (style["vertical-align"] === "super" || raise > 0) return "sup";
  if (style["vertical-align"] === "sub" || raise < 0) return "sub";
  return "";
}

function written(node, kind, text) {
  if (node.closest("a[href^='#']") || node.querySelector("a[href^='#']")) return "[" + text.replace(/^\[|\]$/g, "") + "]"; // a note's number
  const ahead = textBeside(node, "previousNode").trimEnd().slice(-1);
  const behind = textBeside(node, "nextNode");
  if (kind === "sup" && /\d/.test(ahead)) {
    if (/^[oº°]$/.test(text) || (/^[0O]$/.test(text) && /^\s*[CF](?![\p{L}\d])/u.test(behind))) return "°";
    if (/^[đ₫]$/i.test(text)) return text; // the currency
  }
  const small = kind === "sup" ? raised : lowered;
  const letters = [...text];
  if (letters.every((c) => small.has(c))) return letters.map((c) => small.get(c)).join("");
  if (!/\d/.test(text + ahead) && letters.length > 2) return text; // words set small
  const mark = kind === "sup" ? "^" : "_";
  return letters.length === 1 ? mark + text : `${mark}(${text})`;
}

// textBeside is the nearest text before or after an element.
function textBeside(node, direction) {
  const walker = document.createTreeWalker(node.ownerDocument.body, NodeFilter.SHOW_TEXT);
  walker.currentNode = direction === "nextNode" ? lastInside(node) : node;
  while (walker[direction]()) {
    if (!node.contains(walker.currentNode) && walker.currentNode.data) return walker.currentNode.data;
  }
  return "";
}

function lastInside(node) {
  while (node.lastChild) node = node.lastChild;
  return node;
}
