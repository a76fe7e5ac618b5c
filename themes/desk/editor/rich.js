// A rich editor. It stands in for a textarea and keeps its value, Markdown, up
// to date, so that the form is sent as it would be without script. A text in
// which nothing is typed is not changed by a single byte; see keep.js.
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { EditorState, TextSelection } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { commands } from "./commands.js";
import { insert } from "./fields.js";
import { Source } from "./keep.js";
import { keys } from "./keys.js";
import { clean } from "./paste.js";
import { headersOfTables, placeAfterEnd, startsOfBlocks } from "./plugins.js";
import { schema } from "./schema.js";
import { print } from "./syntax.js";
import { toTree } from "./write.js";

export class Rich {
  // toolbar may serve several editors. own are commands and keys that one of
  // several has of its own, more are plugins, and around is what stands
  // elsewhere in the text and decides what this part of it means.
  constructor(textarea, toolbar, { own = {}, more = [], around = "" } = {}) {
    this.textarea = textarea;
    this.form = textarea.form;
    this.toolbar = toolbar;
    this.own = own;
    this.more = more;
    this.around = around;
    this.commands = { ...commands, ...own.commands };
    this.place = document.createElement("div");
    this.place.className = "rich";
    textarea.after(this.place);
    this.place.append(textarea);
    this.view = new EditorView({ mount: this.place.appendChild(document.createElement("div")) }, this.#props());
    this.#label();
    this.#follow();
  }

  isMarkdown() {
    return !this.textarea.hidden;
  }

  // setMarkdown shows the plain text, or the rich one made of it.
  setMarkdown(plain) {
    if (plain) this.write();
    else if (this.textarea.value !== this.source.text) this.read();
    this.textarea.hidden = !plain;
    this.view.dom.hidden = plain;
  }

  focus() {
    (this.isMarkdown() ? this.textarea : this.view).focus();
  }

  // read begins anew with what the textarea has.
  read() {
    this.view.updateState(this.#begin());
    this.toolbar.update();
  }

  // write puts the text into the textarea, if anything was changed since the
  // last time.
  write() {
    clearTimeout(this.timer);
    if (!this.changed || this.isMarkdown()) return;
    this.changed = false;
    this.textarea.value = this.source.markdown(this.view.state.doc);
  }

  // insert puts words where the caret is. An ellipsis in them stands for what is
  // to be typed, and is selected.
  insert(text) {
    if (this.isMarkdown()) return insert(this.textarea, text);
    const tr = this.view.state.tr.insertText(text);
    const gap = text.indexOf("…");
    const at = tr.selection.from - text.length + gap;
    if (gap >= 0) tr.setSelection(TextSelection.create(tr.doc, at, at + 1));
    this.view.dispatch(tr.scrollIntoView());
  }

  // insertPicture puts a picture of the library below the block that is being
  // written. In plain text that is where the cursor is.
  insertPicture({ hash, alt, caption, credit }) {
    const picture = schema.nodes.image.create({ src: "media:" + hash, alt, title: [caption, credit].filter(Boolean).join(" · ") });
    const block = schema.nodes.paragraph.create(null, picture);
    if (this.isMarkdown()) {
      this.textarea.selectionStart = this.textarea.selectionEnd;
      insert(this.textarea, "\n\n" + print([toTree(block)]).trim() + "\n\n");
      return this.focus();
    }
    const { state } = this.view;
    const { $to } = state.selection;
    const at = $to.depth ? $to.after(1) : $to.pos;
    const tr = state.tr.insert(at, block);
    const end = at + block.nodeSize;
    if (end === tr.doc.content.size) tr.insert(end, schema.nodes.paragraph.create()); // somewhere to write on
    this.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1))).scrollIntoView());
    this.view.focus();
  }

  #begin() {
    this.changed = false;
    this.source = new Source(this.textarea.value, this.around);
    const plugins = [
      ...keys(this.commands, { "Mod-k": () => this.toolbar.openLink(), "Alt-F10": () => this.toolbar.focus(), ...this.own.keys }),
      startsOfBlocks(),
      history({ newGroupDelay: 800 }),
      tableEditing(),
      headersOfTables(),
      placeAfterEnd(),
      gapCursor(),
      ...this.more,
    ];
    return EditorState.create({ doc: this.source.doc, plugins });
  }

  #props() {
    return {
      state: this.#begin(),
      transformPastedHTML: clean,
      attributes: { class: "prose", role: "textbox", "aria-multiline": "true", lang: this.textarea.lang, spellcheck: "true" },
      dispatchTransaction: (tr) => {
        const before = this.view.state;
        this.view.updateState(before.apply(tr));
        this.own.applied?.(this, before);
        if (tr.docChanged) this.#edited();
        this.toolbar.update();
      },
    };
  }

  // edited writes soon, and at once when somebody asks: every reader of the
  // form goes through its formdata event.
  #edited() {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), 400);
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #follow() {
    this.form.addEventListener("formdata", (event) => {
      this.write();
      event.formData.set(this.textarea.name, this.textarea.value);
    });
    // What a script puts into the textarea, it announces.
    this.textarea.addEventListener("replaced", () => this.read());
  }

  #label() {
    const { id, labels } = this.textarea;
    const label = labels[0];
    label.id ||= id + "-label";
    this.view.dom.id = id + "-rich"; // which the toolbar says it controls
    this.view.dom.setAttribute("aria-labelledby", label.id);
    const described = this.textarea.getAttribute("aria-describedby");
    if (described) this.view.dom.setAttribute("aria-describedby", described);
    document.addEventListener("click", (event) => {
      const to = event.target.closest?.(`label[for="${id}"], a[href="#${id}"]`);
      if (!to || this.isMarkdown()) return;
      event.preventDefault();
      this.view.focus();
    });
  }
}
