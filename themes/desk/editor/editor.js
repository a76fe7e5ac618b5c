// The rich editor: of an article's text, the textarea [data-editor], or of each
// passage of a translation that is written beside its source, [data-cell].
import { Cells } from "./cells.js";
import { Hints, underlines } from "./hints.js";
import { device } from "./memory.js";
import { picking } from "./picker.js";
import { Rich } from "./rich.js";
import { Terms } from "./terms.js";
import { Toolbar } from "./toolbar.js";

const modeKey = "desk.editor.markdown";
const isPlain = () => device.recall(modeKey) === true;
const remember = (plain) => device.remember(modeKey, plain);

// whole begins the editor of an article.
function whole(textarea, template) {
  const mode = {
    isMarkdown: () => editor.isMarkdown(),
    setMarkdown: (plain) => {
      editor.setMarkdown(plain);
      remember(plain);
      editor.focus();
    },
  };
  const toolbar = new Toolbar(template, mode);
  const editor = new Rich(textarea, toolbar, { more: [underlines()] });
  editor.place.prepend(toolbar.element);
  editor.setMarkdown(isPlain());
  toolbar.attach(editor);
  const names = toolbar.element.querySelector("[data-terms]");
  if (names) new Terms(names, editor.place, () => editor, () => toolbar.open("terms"));
  new Hints(textarea.closest(".field"), textarea, () => editor);
  picking(textarea.form, (chosen) => editor.insertPicture(chosen));
}

const template = document.querySelector("template[data-toolbar]");
const textarea = document.querySelector("textarea[data-editor]");
const passages = document.querySelector("[data-passages]:has([data-cell])");
if (textarea && template) whole(textarea, template);
if (passages && template) new Cells(passages, template, isPlain, remember);
