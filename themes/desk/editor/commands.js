// What the toolbar and the keys do. A command is {run, on, can}: run is a
// ProseMirror command, on says whether it is in force at the selection.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { AllSelection, Selection, TextSelection } from "prosemirror-state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

// inText sees a selection of everything as one from the first letter to the
// last, which is what commands about blocks can work with.
function inText(state) {
  if (!(state.selection instanceof AllSelection)) return state;
  const { doc } = state;
  return state.apply(state.tr.setSelection(TextSelection.between(Selection.atStart(doc).$from, Selection.atEnd(doc).$to)));
}

// within finds the nearest block of some types around the selection.
function within(state, ...types) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if (types.includes($from.node(depth).type)) return $from.node(depth);
  }
  return null;
}

function hasMark(state, type) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

const mark = (type) => ({ run: toggleMark(type), on: (state) => hasMark(state, type), can: toggleMark(type) });

function heading(level) {
  const on = (state) => state.selection.$from.parent.type === nodes.heading && state.selection.$from.parent.attrs.level === level;
  const run = (state, dispatch) => (on(state) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }))(state, dispatch);
  return { run, on, can: (state) => !isInTable(state) && run(state) };
}

// list makes a list, turns one kind into the other, or ends the list.
function list(type) {
  const inner = (state) => within(state, nodes.bullet_list, nodes.ordered_list);
  const on = (state) => inner(state)?.type === type;
  const run = (state, dispatch) => {
    const around = inner(state);
    if (!around) return wrapInList(type)(state, dispatch);
    if (around.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    return turn(type)(state, dispatch);
  };
  return { run, on, can: (state) => !isInTable(state) && run(state) };
}

const turn = (type) => (state, dispatch) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type !== nodes.bullet_list && node.type !== nodes.ordered_list) continue;
    dispatch?.(state.tr.setNodeMarkup($from.before(depth), type, { tight: node.attrs.tight }));
    return true;
  }
  return false;
};

const quoted = (state) => Boolean(within(state, nodes.blockquote));
const quote = {
  run: (state, dispatch) => (quoted(state) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch)),
  on: quoted,
  can: (state) => !isInTable(state) && (quoted(state) ? lift(state) : wrapIn(nodes.blockquote)(state)),
};

function insertTable(state, dispatch) {
  const { $from } = state.selection;
  if (isInTable(state) || $from.depth !== 1) return false;
  if (!dispatch) return true;
  const row = (type) => nodes.table_row.create(null, [1, 2, 3].map(() => type.createAndFill()));
  const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
  const empty = $from.parent.content.size === 0;
  const at = empty ? $from.before(1) : $from.after(1);
  const tr = empty ? state.tr.replaceWith(at, $from.after(1), table) : state.tr.insert(at, table);
  const end = at + table.nodeSize;
  if (end === tr.doc.content.size) tr.insert(end, nodes.paragraph.create()); // somewhere to write on
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
}

const plain = (run) => ({ run, can: run });
const inTable = (run) => ({ run, can: (state) => isInTable(state) && run(state) });
const tableOf = (state) => within(state, nodes.table);

// A table keeps a row and a column: to lose the last, delete the table.
const all = {
  bold: mark(marks.strong),
  italic: mark(marks.em),
  heading: heading(2),
  subheading: heading(3),
  bullets: list(nodes.bullet_list),
  numbers: list(nodes.ordered_list),
  quote,
  undo: { run: undo, can: (state) => undoDepth(state) > 0 },
  redo: { run: redo, can: (state) => redoDepth(state) > 0 },
  table: { run: insertTable, can: insertTable, on: isInTable },
  "table-insert": plain(insertTable),
  "row-add": inTable(addRowAfter),
  "column-add": inTable(addColumnAfter),
  "row-delete": { run: deleteRow, can: (state) => isInTable(state) && tableOf(state)?.childCount > 1 },
  "column-delete": { run: deleteColumn, can: (state) => isInTable(state) && tableOf(state)?.firstChild.childCount > 1 },
  "table-delete": inTable(deleteTable),
};

const ofText = ({ run, can, on }) => ({
  run: (state, dispatch, view) => run(inText(state), dispatch, view),
  can: (state) => can(inText(state)),
  on: on && ((state) => on(inText(state))),
});

export const commands = Object.fromEntries(Object.entries(all).map(([name, command]) => [name, ofText(command)]));

const linkIn = (node) => node && marks.link.isInSet(node.marks);

// linkAt gives the link at the selection with its whole extent.
export function linkAt(state) {
  const { $from } = state.selection;
  const block = $from.parent;
  const link = marks.link.isInSet($from.marks()) ?? linkIn($from.nodeAfter);
  if (!link) return null;
  let first = $from.index();
  if (!link.eq(linkIn(block.maybeChild(first)) || {})) first--;
  let last = first;
  while (first > 0 && link.isInSet(block.child(first - 1).marks)) first--;
  while (last + 1 < block.childCount && link.isInSet(block.child(last + 1).marks)) last++;
  let from = $from.start();
  for (let i = 0; i < first; i++) from += block.child(i).nodeSize;
  let to = from;
  for (let i = first; i <= last; i++) to += block.child(i).nodeSize;
  return { href: link.attrs.href, from, to };
}

// setLink links the selection, or changes the link that it stands in; without
// an address it takes the link away. With nothing selected the address itself
// is written.
export function setLink(href) {
  return (given, dispatch) => {
    const state = inText(given);
    const old = linkAt(state);
    const from = Math.min(old?.from ?? Infinity, state.selection.from);
    const to = Math.max(old?.to ?? 0, state.selection.to);
    if (!dispatch) return true;
    const tr = state.tr.removeMark(from, to, marks.link);
    const link = href && marks.link.create({ href });
    if (link && from === to) tr.insertText(href, from).addMark(from, from + href.length, link);
    else if (link) tr.addMark(from, to, link);
    dispatch(tr.removeStoredMark(marks.link).scrollIntoView());
    return true;
  };
}
