// The agreed names of what a text speaks of: each is put in where one writes, by
// a press or from the keyboard. Alt+T leads to them, arrows from one to the next.
import { insert } from "./fields.js";

export class Terms {
  // list has the renderings as [data-say]; place is where Alt+T is heard, and
  // editor answers where one writes there: a Rich or a textarea. open shows the
  // list, where it is not always there.
  constructor(list, place, editor, open = () => {}) {
    this.editor = editor;
    this.buttons = [...list.querySelectorAll("[data-say]")].map((name) => {
      const { lang, textContent } = name;
      const button = Object.assign(document.createElement("button"), { type: "button", tabIndex: -1, title: list.dataset.terms, lang, textContent });
      name.replaceWith(button);
      return button;
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    list.addEventListener("click", ({ target }) => this.buttons.includes(target) && this.#put(target.textContent));
    list.addEventListener("keydown", (event) => this.#move(event));
    place.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyT") return;
      event.preventDefault();
      open();
      this.buttons[0]?.focus();
    });
  }

  #move(event) {
    const at = this.buttons.indexOf(event.target);
    const count = this.buttons.length;
    if (event.key === "Escape") this.editor().focus();
    else if (event.key === "ArrowDown" || event.key === "ArrowRight") this.buttons[(at + 1) % count].focus();
    else if (event.key === "ArrowUp" || event.key === "ArrowLeft") this.buttons[(at + count - 1) % count].focus();
    else return;
    event.preventDefault();
  }

  #put(text) {
    const editor = this.editor();
    editor.focus();
    if (editor instanceof HTMLTextAreaElement) insert(editor, text);
    else editor.insert(text);
  }
}
