// The toolbar comes with the page, in its language, as a template. Its
// buttons name their command in data-command; a button with data-panel opens
// that panel. Arrow keys move within it, as the pattern for toolbars says.
import { linkAt, setLink } from "./commands.js";

export class Toolbar {
  // mode shows Markdown or the rich text: {isMarkdown(), setMarkdown(bool)}.
  constructor(template, mode) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.mode = mode;
    this.editor = null; // the Rich that it works on
    this.bar = this.element.querySelector("[role=toolbar]");
    this.buttons = [...this.bar.querySelectorAll("button")];
    this.panels = [...this.element.querySelectorAll("[data-panel-name]")];
    this.address = this.element.querySelector("input[data-address]");
    this.buttons.forEach((button, i) => (button.tabIndex = i ? -1 : 0));
    // A press must not take the selection from the text.
    this.element.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault();
    });
    this.element.addEventListener("click", (event) => this.#click(event));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.address.addEventListener("keypress", (event) => {
      if (event.key === "Enter") event.preventDefault(); // it would send the whole form
    });
    document.addEventListener("mousedown", (event) => {
      if (!this.element.contains(event.target)) this.close();
    });
  }

  // attach makes it work on an editor, or on none.
  attach(editor) {
    if (this.editor === editor) return;
    this.editor = editor;
    this.close();
    this.update();
    if (editor) this.bar.setAttribute("aria-controls", editor.view.dom.id);
    else this.bar.removeAttribute("aria-controls");
  }

  focus() {
    this.buttons.find((button) => button.tabIndex === 0).focus();
    return true;
  }

  // update shows the state of the text at the selection.
  update() {
    const state = this.editor?.view.state;
    const writing = this.#isWriting();
    for (const button of this.element.querySelectorAll("button[data-command]")) {
      const { can, on } = this.editor?.commands[button.dataset.command] ?? {};
      // aria-disabled, not disabled: focus must not get lost, and a screen
      // reader still finds the button.
      setAttribute(button, "aria-disabled", String(!writing || !(can?.(state) || on?.(state))));
      if (button.hasAttribute("aria-pressed")) setAttribute(button, "aria-pressed", String(writing && Boolean(on(state))));
    }
    for (const button of this.element.querySelectorAll("[data-panel]")) setAttribute(button, "aria-disabled", String(!writing));
    const link = this.element.querySelector("[data-panel=link]");
    setAttribute(link, "aria-pressed", String(writing && linkAt(state) !== null));
    setAttribute(this.element.querySelector("[data-markdown]"), "aria-pressed", String(this.mode.isMarkdown()));
  }

  #isWriting() {
    return this.editor !== null && !this.mode.isMarkdown();
  }

  // openLink asks for the address of a link.
  openLink() {
    if (!this.#isWriting()) return true;
    this.address.value = linkAt(this.editor.view.state)?.href ?? "";
    this.open("link");
    this.address.focus();
    this.address.select();
    return true;
  }

  close() {
    for (const panel of this.panels) panel.hidden = true;
    for (const button of this.element.querySelectorAll("[data-panel]")) setAttribute(button, "aria-expanded", "false");
  }

  // open shows a panel, and no other.
  open(name) {
    this.close();
    const panel = this.panels.find((panel) => panel.dataset.panelName === name);
    const button = this.element.querySelector(`[data-panel=${name}]`);
    panel.hidden = false;
    this.#putBelow(panel, button);
    setAttribute(button, "aria-expanded", "true");
  }

  // putBelow places a panel under its button, or as near as the width allows.
  #putBelow(panel, button) {
    const tools = this.element.getBoundingClientRect();
    const left = button.getBoundingClientRect().left - tools.left;
    panel.style.left = Math.max(8, Math.min(left, tools.width - panel.offsetWidth - 8)) + "px";
  }

  #click(event) {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { command, panel, markdown, link } = button.dataset;
    if (markdown !== undefined) return this.#setMarkdown(!this.mode.isMarkdown());
    if (panel && button.getAttribute("aria-expanded") === "true") return this.close();
    if (panel === "link") return this.openLink();
    if (panel) {
      this.open(panel);
      this.panels.find((p) => p.dataset.panelName === panel).querySelector("button:not([aria-disabled=true])")?.focus();
      return;
    }
    if (link) return this.#setLink(link === "set" ? this.address.value : "");
    if (!command) return this.close(); // an agreed name, which put itself in
    const { view, commands } = this.editor;
    commands[command].run(view.state, view.dispatch, view);
    this.close();
    this.editor.view.focus(); // another one, when something was undone there
  }

  #setMarkdown(plain) {
    this.close();
    this.mode.setMarkdown(plain);
    this.update();
  }

  #setLink(typed) {
    const { view } = this.editor;
    const href = complete(typed);
    if (typed.trim() && !href) {
      this.address.setAttribute("aria-invalid", "true");
      this.element.querySelector("[data-address-wrong]").hidden = false;
      return this.address.focus();
    }
    this.address.removeAttribute("aria-invalid");
    this.element.querySelector("[data-address-wrong]").hidden = true;
    setLink(href)(view.state, view.dispatch);
    this.close();
    view.focus();
  }

  #key(event) {
    if (event.key === "Escape") {
      this.close();
      this.editor?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" && event.target === this.address) {
      event.preventDefault();
      this.#setLink(this.address.value);
    } else if (this.bar.contains(event.target)) this.#move(event);
  }

  #move(event) {
    const from = this.buttons.indexOf(event.target);
    const count = this.buttons.length;
    const to = { ArrowRight: (from + 1) % count, ArrowLeft: (from + count - 1) % count, Home: 0, End: count - 1 }[event.key];
    if (to === undefined || from < 0) return;
    event.preventDefault();
    this.buttons[from].tabIndex = -1;
    this.buttons[to].tabIndex = 0;
    this.buttons[to].focus();
  }
}

// complete makes an address of what people type: "binhphuoc.gov.vn" means https.
// It answers "" for what readers could not follow.
function complete(typed) {
  const text = typed.trim();
  if (/^(https?:\/\/\S+|mailto:\S+@\S+|tel:[+\d][\d .-]*|[/#]\S*)$/i.test(text)) return text;
  if (/^\S+@\S+\.\S+$/.test(text)) return "mailto:" + text;
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#:]\S*)?$/u.test(text) ? "https://" + text : "";
}

// setAttribute leaves alone what is right already, so that nothing is announced.
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
