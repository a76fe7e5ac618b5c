// The talk about a text: words that are selected can be talked about, and what
// is said goes on its way without leaving what is being written.

import { count } from "./counter.js";

const around = 40; // characters that are kept beside the words
const longest = 300;

export function talk() {
  if (!document.getElementById("talk")) return { unsent: () => false };
  new Pinning();
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#talk") || event.defaultPrevented) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("fresh", ({ target, detail: page }) => target.id === "talk" && swap(page, target));
  addEventListener("hashchange", unfold);
  scripted(document);
  unfold();
  return { unsent: () => [...document.querySelectorAll("#talk textarea")].some((field) => field.value !== field.defaultValue) };
}

// send says it, and puts what the newsroom then has in the place of what is
// shown. What cannot be sent stays, with a word.
async function send(form) {
  if (form.inert) return;
  form.inert = true;
  const known = new Set(comments().map((it) => it.id));
  const number = form.action.match(/comments\/(\d+)/)?.[1] ?? form.elements.thread?.value;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("talk")) throw new Error(answer.status);
    swap(page);
    const fresh = comments().find((it) => !known.has(it.id));
    show(document.querySelector("#talk .wrong") ?? fresh ?? document.getElementById("comment-" + number));
  } catch {
    form.inert = false;
    let word = form.querySelector("[data-failed]");
    if (!word) {
      word = Object.assign(document.createElement("p"), { className: "wrong", role: "alert" });
      word.dataset.failed = "";
      form.append(word);
    }
    word.textContent = document.getElementById("talk").dataset.unsent;
  }
}

// scripted hides what is true only where there is no script.
const scripted = (part) => part.querySelectorAll("[data-unscripted]").forEach((it) => (it.hidden = true));

const comments = () => [...document.querySelectorAll("#talk li[id]")];

// swap takes over the parts of another page that speak of comments; ready is one
// that was taken over already.
function swap(page, ready) {
  for (const part of document.querySelectorAll("[data-swap]")) {
    const other = page.getElementById(part.id);
    if (!other) continue;
    const fresh = part === ready ? part : document.importNode(other, true);
    if (part !== ready) part.replaceWith(fresh);
    scripted(fresh);
    for (const field of fresh.querySelectorAll("[data-max]")) if (!field.labels[0]?.querySelector(".counter")) count(field);
  }
}

function show(it) {
  if (!it) return;
  for (let fold = it.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  it.tabIndex = -1;
  it.focus();
  it.scrollIntoView({ block: "nearest" });
}

// unfold opens what hides the comment that the address names.
function unfold() {
  const it = /^#comment-\d+$/.test(location.hash) ? document.querySelector(location.hash) : null;
  if (it?.closest("details:not([open])")) show(it);
}

// Pinning offers to talk about words of the text that are selected.
class Pinning {
  constructor() {
    const offer = document.querySelector("template[data-pin-button]").content.firstElementChild;
    this.button = document.importNode(offer, true);
    this.button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
    this.button.addEventListener("click", () => this.#take());
    document.addEventListener("selectionchange", () => this.#look());
    document.addEventListener("click", (event) => "unquote" in event.target.dataset && quote(null));
    this.#recall();
  }

  #look() {
    const selection = getSelection();
    const text = document.getElementById("reading");
    this.words = selection.rangeCount && !selection.isCollapsed && text?.contains(selection.anchorNode) ? words(selection.getRangeAt(0), text) : null;
    if (!this.words) return this.button.remove();
    const place = [...selection.getRangeAt(0).getClientRects()].at(-1);
    if (!place) return;
    this.button.style.left = Math.max(8, Math.min(place.right + scrollX, innerWidth - 120)) + "px";
    this.button.style.top = place.bottom + scrollY + 6 + "px";
    document.body.append(this.button);
  }

  #take() {
    quote(this.words);
    this.button.remove();
    const field = document.getElementById("talk-comment");
    field.closest("details").open = true;
    field.focus();
  }

  // A form that came back with words still has them.
  #recall() {
    const { quote: of, prefix, suffix } = document.querySelector("[data-say]").elements;
    if (of.value) quote({ quote: of.value, prefix: prefix.value, suffix: suffix.value });
  }
}

// quote puts words into the form, or takes them out.
function quote(it) {
  const form = document.querySelector("[data-say]");
  for (const name of ["quote", "prefix", "suffix"]) form.elements[name].value = it?.[name] ?? "";
  form.querySelector("[data-quoted]").hidden = !it;
  form.querySelector("[data-spot]").hidden = Boolean(it);
  form.elements.passage.disabled = Boolean(it);
  form.querySelector("blockquote").textContent = it?.quote ?? "";
}

const blocks = "p, h1, h2, h3, h4, h5, h6, li, td, th, dt, dd, blockquote, figcaption, caption, pre";

// words are those of a selection, as far as its first block goes, with what
// stands around them. The numbers of comments are not among them.
function words(range, text) {
  const start = range.startContainer;
  const block = (start.nodeType === Node.TEXT_NODE ? start.parentElement : start).closest(blocks);
  if (!block || !text.contains(block)) return null;
  const inside = range.cloneRange();
  if (!block.contains(range.endContainer)) inside.setEnd(block, block.childNodes.length);
  const said = plain(inside).trim();
  if (!said || said.length > longest) return null;
  const before = range.cloneRange();
  before.setStart(block, 0);
  before.setEnd(inside.startContainer, inside.startOffset);
  const after = range.cloneRange();
  after.setStart(inside.endContainer, inside.endOffset);
  after.setEnd(block, block.childNodes.length);
  return { quote: said, prefix: plain(before).slice(-around), suffix: plain(after).slice(0, around) };
}

function plain(range) {
  const part = range.cloneContents();
  for (const pin of part.querySelectorAll(".pin")) pin.remove();
  return part.textContent.replace(/\s+/g, " ");
}
