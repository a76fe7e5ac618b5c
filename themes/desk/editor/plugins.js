// Small behaviours of the text.
import { Plugin, TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

const { nodes } = schema;

// starts are what people type at the beginning of a paragraph to begin
// something else, as in Word.
const starts = new Map([
  ["-", (tr, at) => wrap(tr, at, nodes.bullet_list)],
  ["*", (tr, at) => wrap(tr, at, nodes.bullet_list)],
  ["1.", (tr, at) => wrap(tr, at, nodes.ordered_list)],
  ["##", (tr, at) => tr.setBlockType(at, at, nodes.heading, { level: 2 })],
  ["###", (tr, at) => tr.setBlockType(at, at, nodes.heading, { level: 3 })],
  [">", (tr, at) => wrap(tr, at, nodes.blockquote)],
]);

function wrap(tr, at, type) {
  const range = tr.doc.resolve(at).blockRange();
  const wrappers = type === nodes.blockquote ? [{ type }] : [{ type }, { type: nodes.list_item }];
  return tr.wrap(range, wrappers);
}

// startsOfBlocks acts on a space that a key typed; never on what an input
// method composes, whose text is not ours to change.
export function startsOfBlocks() {
  return new Plugin({
    props: {
      handleTextInput(view, from, to, text) {
        const { $from, empty } = view.state.selection;
        if (text !== " " || !empty || view.composing || from !== to) return false;
        const { parent, depth } = $from;
        if (parent.type !== nodes.paragraph || depth !== 1) return false;
        const begin = starts.get(parent.textContent);
        if (!begin || $from.parentOffset !== parent.content.size) return false;
        const at = $from.start();
        view.dispatch(begin(view.state.tr.delete(at, from), at));
        return true;
      },
    },
  });
}

// headersOfTables keeps the first row of a table its header, and no other.
export function headersOfTables() {
  return new Plugin({
    appendTransaction(transactions, _, state) {
      if (!transactions.some((tr) => tr.docChanged)) return null;
      const tr = state.tr;
      state.doc.descendants((node, pos) => {
        if (node.type === nodes.table) node.forEach((row, offset, i) => fixRow(tr, row, pos + 1 + offset, i === 0));
        return !node.isTextblock && node.type !== nodes.table;
      });
      return tr.docChanged ? tr : null;
    },
  });
}

function fixRow(tr, row, pos, isHeader) {
  const type = isHeader ? nodes.table_header : nodes.table_cell;
  row.forEach((cell, offset) => {
    if (cell.type !== type) tr.setNodeMarkup(pos + 1 + offset, type, cell.attrs);
  });
}

// placeAfterEnd lets a click below the last block go on writing there, when
// that block is one in which one cannot.
export function placeAfterEnd() {
  return new Plugin({
    props: {
      handleClick(view, pos, event) {
        const { doc, tr } = view.state;
        const last = view.dom.lastElementChild;
        if (doc.lastChild.isTextblock || !last || event.clientY <= last.getBoundingClientRect().bottom) return false;
        const end = doc.content.size;
        tr.insert(end, nodes.paragraph.create());
        view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1))));
        return true;
      },
    },
  });
}
