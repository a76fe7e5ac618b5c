// The cells of a translation that is written beside its source: each passage of
// the text is a rich editor, made when it comes near, and all share a toolbar.
// What was done is undone in the order in which it was done, whatever the cell.
import { closeHistory, redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import { Hints, underlines } from "./hints.js";
import { definitionsIn } from "./read.js";
import { Rich } from "./rich.js";
import { Terms } from "./terms.js";
import { Toolbar } from "./toolbar.js";

const nearby = "800px 0px"; // beyond the window: cells are made before they are seen

export class Cells {
  // isPlain says whether the person prefers Markdown, which remember keeps.
  constructor(passages, template, isPlain, remember) {
    this.isMarkdown = isPlain;
    this.remember = remember;
    this.textareas = [...passages.querySelectorAll("[data-cell]")];
    this.made = new Map(); // of textareas
    this.order = new Order();
    this.toolbar = new Toolbar(template, this);
    passages.prepend(this.toolbar.element);
    this.toolbar.update();
    this.own = {
      commands: { undo: this.order.undo, redo: this.order.redo },
      keys: { "Mod-Enter": () => true }, // saves, as everywhere on the page
      applied: (cell, before) => this.order.note(cell, before),
    };
    const watch = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && this.#make(target)), { rootMargin: nearby });
    this.textareas.forEach((textarea) => watch.observe(textarea));
    passages.addEventListener("focusin", (event) => this.#enter(event.target));
    for (const passage of passages.querySelectorAll(".passage")) this.#help(passage);
  }

  setMarkdown(plain) {
    const { editor } = this.toolbar;
    this.remember(plain);
    for (const cell of this.made.values()) cell.setMarkdown(plain);
    if (!plain) this.textareas.filter(isNear).forEach((textarea) => this.#make(textarea));
    editor?.focus();
  }

  #make(textarea) {
    if (this.isMarkdown()) return null;
    let cell = this.made.get(textarea);
    if (!cell) {
      const around = this.textareas.filter((other) => other !== textarea).map((other) => definitionsIn(other.value));
      cell = new Rich(textarea, this.toolbar, { own: this.own, more: [underlines()], around: around.filter(Boolean).join("\n\n") });
      cell.setMarkdown(false);
      this.made.set(textarea, cell);
    }
    return cell;
  }

  // enter lets the toolbar work on the cell that is entered; a textarea that is
  // entered before its editor was made makes way for it.
  #enter(target) {
    if (this.toolbar.element.contains(target)) return;
    const textarea = target.matches("[data-cell]") ? target : target.closest(".rich")?.querySelector("[data-cell]");
    const cell = textarea && this.#make(textarea);
    this.toolbar.attach(cell ?? null);
    if (!cell) return;
    if (target === textarea) cell.focus();
    else cell.view.dispatch(closeHistory(cell.view.state.tr));
  }

  // help tells of what stands out in a passage and offers its agreed names.
  #help(passage) {
    const textarea = passage.querySelector("textarea[name]");
    const editor = () => this.made.get(textarea);
    const names = passage.querySelector("[data-terms]");
    if (names) new Terms(names, passage, () => editor() ?? textarea);
    new Hints(passage, textarea, editor);
  }
}

const isNear = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > -innerHeight && top < 2 * innerHeight;
};

// Order is that in which several editors were changed.
class Order {
  done = [];
  undone = [];

  undo = {
    run: () => this.#step(this.done, this.undone, undo),
    can: () => this.done.some((cell) => undoDepth(cell.view.state) > 0),
  };
  redo = {
    run: () => this.#step(this.undone, this.done, redo),
    can: () => this.undone.some((cell) => redoDepth(cell.view.state) > 0),
  };

  // note is told of every transaction of a cell, after it.
  note(cell, before) {
    if (this.stepping || undoDepth(cell.view.state) <= undoDepth(before)) return;
    this.done.push(cell);
    this.undone = [];
  }

  // step goes one step in the cell that is next, and shows it. What a cell has
  // forgotten meanwhile is passed over.
  #step(from, to, command) {
    this.stepping = true;
    while (from.length) {
      const cell = from.pop();
      if (!command(cell.view.state, cell.view.dispatch)) continue;
      to.push(cell);
      const folded = cell.place.closest("details:not([open])");
      if (folded) folded.open = true;
      cell.focus();
      break;
    }
    this.stepping = false;
    return true;
  }
}
