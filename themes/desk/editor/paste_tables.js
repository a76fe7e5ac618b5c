// A table in Markdown is a header and rows of one-line cells.
import { each, unwrap } from "./paste_tree.js";

// simpleTable makes such a table of any: merged cells are taken apart, with
// their text in the first; what a cell has of paragraphs and lists becomes
// lines. A table of one cell was only a frame, and a table in a cell is its text.
export function simpleTable(table) {
  each(table, "table", flattenInner);
  each(table, "caption", (caption) => {
    const p = document.createElement("p");
    p.append(...caption.childNodes);
    table.before(p);
    caption.remove();
  });
  const grid = gridOf(table);
  const width = Math.max(0, ...grid.map((row) => row.length));
  if (grid.length === 0 || width === 0) return table.remove();
  if (grid.length === 1 && width === 1) return table.replaceWith(...grid[0][0].childNodes);
  const body = document.createElement("tbody");
  grid.forEach((cells, i) => {
    const row = document.createElement("tr");
    for (let column = 0; column < width; column++) {
      const cell = document.createElement(i === 0 ? "th" : "td");
      if (cells[column]) cell.append(...lines(cells[column], i === 0));
      row.append(cell);
    }
    body.append(row);
  });
  table.replaceChildren(body);
}

// gridOf lists the cells by row and column; a place that a merged cell covers
// stays empty.
function gridOf(table) {
  const grid = [];
  [...table.rows].forEach((row, y) => {
    grid[y] ??= [];
    let x = 0;
    for (const cell of row.cells) {
      while (grid[y][x] !== undefined) x++;
      const [wide, high] = [Math.min(cell.colSpan, 100), Math.min(cell.rowSpan, table.rows.length - y)];
      for (let dy = 0; dy < high; dy++) {
        grid[y + dy] ??= [];
        for (let dx = 0; dx < wide; dx++) grid[y + dy][x + dx] = null;
      }
      grid[y][x] = cell;
      x += wide;
    }
  });
  return grid.filter((row) => row.some((cell) => cell?.textContent.trim()));
}

const breaking = new Set(["P", "DIV", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "TR"]);

// lines gives a cell's content without blocks, a break between what were blocks.
function lines(cell, isHeader) {
  if (isHeader) each(cell, "b,strong", unwrap);
  const out = [];
  const walk = (node) => {
    for (const child of [...node.childNodes]) {
      if (!breaking.has(child.nodeName)) {
        if (child.nodeType === 3 && !child.data.trim() && !out.length) continue;
        out.push(child);
        continue;
      }
      if (out.length && child.textContent.trim() && out.at(-1).nodeName !== "BR") out.push(document.createElement("br"));
      walk(child);
      if (child.nextElementSibling?.textContent.trim() && out.length) out.push(document.createElement("br"));
    }
  };
  walk(cell);
  while (out.length && (out.at(-1).nodeName === "BR" || (out.at(-1).nodeType === 3 && !out.at(-1).data.trim()))) out.pop();
  return out.filter((node, i) => node.nodeName !== "BR" || out[i - 1]?.nodeName !== "BR");
}

function flattenInner(table) {
  const texts = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()).filter(Boolean).join(", "));
  table.replaceWith(...texts.filter(Boolean).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}
