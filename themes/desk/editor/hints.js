// What stands out in a text is told while it is written. The newsroom judges it
// by the rules of the approval and answers in words; what must not be said is
// underlined where it stands.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { post } from "./newsroom.js";

const pause = 600; // ms without typing before it is asked

const key = new PluginKey("avoid");

// underlines keeps the marks where they belong while the text changes.
export function underlines() {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => tr.getMeta(key) ?? set.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

export class Hints {
  // place has the lines [data-notes] and names in data-hints what is judged;
  // editor answers the Rich of the textarea once there is one.
  constructor(place, textarea, editor) {
    this.notes = place.querySelector("[data-notes]");
    if (!this.notes) return;
    this.address = place.closest("[data-hints]").dataset.hints;
    this.textarea = textarea;
    this.editor = editor;
    place.addEventListener("focusin", () => this.asked ?? this.#later(0));
    textarea.addEventListener("input", () => this.#later(pause));
    textarea.addEventListener("replaced", () => this.asked && this.#later(pause));
  }

  #later(delay) {
    this.asking?.abort();
    clearTimeout(this.timer);
    this.asked = true;
    this.timer = setTimeout(() => this.#ask(), delay);
  }

  // ask takes nothing but the newest answer, and leaves alone what an input
  // method is composing. Without an answer nothing is told anew.
  async #ask() {
    const { view } = this.editor() ?? {};
    if (view?.composing) return this.#later(pause);
    const rich = view && !view.dom.hidden;
    const { text, at } = rich ? spoken(view.state.doc) : { text: this.textarea.value };
    this.asking = new AbortController();
    const { signal } = this.asking;
    const asked = { passage: this.textarea.name, text, markdown: rich ? "" : "1" };
    const told = await post(this.address, asked, signal).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
    if (!told || signal.aborted) return;
    this.#tell(told.notes);
    if (!rich || view.composing || text !== text.normalize("NFC")) return;
    const marks = told.avoid.map(({ from, to }) => Decoration.inline(at(from), at(to - 1) + 1, { class: "avoid" }));
    view.dispatch(view.state.tr.setMeta(key, DecorationSet.create(view.state.doc, marks)));
  }

  // tell changes no line that says the same already: it would be read out again.
  #tell(lines) {
    const now = [...this.notes.children].map((line) => line.textContent);
    if (now.length === lines.length && now.every((line, i) => line === lines[i])) return;
    this.notes.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  }
}

// spoken is what a document says, and where each of its letters stands.
function spoken(doc) {
  let text = "";
  const parts = []; // [place in the text, position in the document]
  doc.descendants((node, pos) => {
    if (node.isTextblock && text) text += "\n\n";
    if (!node.isLeaf) return;
    parts.push([text.length, pos]);
    text += node.text ?? node.type.spec.leafText?.(node) ?? node.attrs.source ?? " ";
  });
  const at = (place) => {
    const [from, pos] = parts.findLast(([from]) => from <= place);
    return pos + place - from;
  };
  return { text, at };
}
