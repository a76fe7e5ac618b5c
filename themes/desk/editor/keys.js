// Keys, as in Word where Word has them.
import { baseKeymap, chainCommands, exitCode, splitBlock } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import { addRowAfter, goToNextCell, isInTable, selectedRect } from "prosemirror-tables";
import { schema } from "./schema.js";

const { nodes } = schema;

const lineBreak = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create({ html: isInTable(state) })).scrollIntoView());
  return true;
});

// nextRow goes to the cell below; after the last row it makes one.
function nextRow(state, dispatch, view) {
  if (!isInTable(state)) return false;
  if (!dispatch) return true;
  const { bottom, map } = selectedRect(state);
  if (bottom >= map.height) addRowAfter(state, dispatch);
  const at = selectedRect(view.state);
  const cell = at.map.map[at.bottom * at.map.width + at.left];
  const selection = TextSelection.near(view.state.doc.resolve(at.tableStart + cell + 1));
  dispatch(view.state.tr.setSelection(selection).scrollIntoView());
  return true;
}

// keys binds commands; more are further keys, which come first.
export function keys(commands, more) {
  const own = keymap({
    "Mod-b": commands.bold.run,
    "Mod-i": commands.italic.run,
    "Mod-Alt-2": commands.heading.run,
    "Mod-Alt-3": commands.subheading.run,
    "Mod-Shift-7": commands.numbers.run,
    "Mod-Shift-8": commands.bullets.run,
    "Mod-Shift-9": commands.quote.run,
    "Mod-z": commands.undo.run,
    "Shift-Mod-z": commands.redo.run,
    "Mod-y": commands.redo.run,
    Enter: chainCommands(nextRow, splitListItem(nodes.list_item)),
    "Shift-Enter": lineBreak,
    Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.list_item)),
    "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
  });
  return [keymap(more), own, keymap({ ...baseKeymap, "Mod-Enter": splitBlock })];
}
