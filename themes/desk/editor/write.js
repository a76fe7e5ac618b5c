// From the editor's document to a Markdown syntax tree.

// toTree makes a block's tree.
export function toTree(node) {
  const a = node.attrs;
  switch (node.type.name) {
    case "paragraph":
      return { type: "paragraph", children: inline(node) };
    case "heading":
      return { type: "heading", depth: a.level, children: inline(node) };
    case "blockquote":
      return { type: "blockquote", children: blocks(node) };
    case "bullet_list":
      return list(node, {});
    case "ordered_list":
      return list(node, { ordered: true, start: a.order });
    case "code_block": {
      const [lang, ...meta] = a.info.split(" ");
      return { type: "code", lang: lang || null, meta: meta.join(" ") || null, value: node.textContent };
    }
    case "horizontal_rule":
      return { type: "thematicBreak" };
    case "asis":
      return { type: "asis", value: a.source };
    case "table":
      return table(node);
  }
  throw new Error("a block without Markdown: " + node.type.name);
}

const isEmpty = (node) => node.type.name === "paragraph" && node.content.size === 0;

// blocks leaves out the empty paragraphs with which people make space.
function blocks(node) {
  const list = [];
  node.forEach((child) => {
    if (!isEmpty(child)) list.push(toTree(child));
  });
  return list;
}

function list(node, attrs) {
  const spread = !node.attrs.tight;
  const items = [];
  node.forEach((item) => items.push({ type: "listItem", spread, children: blocks(item) }));
  return { type: "list", ...attrs, spread, children: items };
}

function table(node) {
  const rows = [];
  const align = [];
  node.firstChild.forEach((cell) => align.push(cell.attrs.align));
  node.forEach((row) => {
    const cells = [];
    row.forEach((cell) => cells.push({ type: "tableCell", children: inline(cell.firstChild, true) }));
    rows.push({ type: "tableRow", children: cells });
  });
  return { type: "table", align, children: rows };
}

// inline gives the content of a block of text. Space at its ends would be lost
// or change the meaning, and is left out; so is a break at the end.
function inline(block, inCell = false) {
  const leaves = [];
  block.forEach((node) => leaves.push({ node, marks: [...node.marks] }));
  const isBreak = (leaf) => leaf.node.type.name.endsWith("_break");
  while (leaves.length && isBreak(leaves.at(-1)) && !leaves.at(-1).node.attrs.html) leaves.pop();
  while (leaves.length && isBreak(leaves[0]) && !leaves[0].node.attrs.html) leaves.shift();
  return trim(merge(wrap(leaves, inCell)));
}

// wrap nests marks. Of the marks of a leaf, the one that reaches farthest is
// outermost.
function wrap(leaves, inCell) {
  const out = [];
  for (let i = 0; i < leaves.length; ) {
    const { node, marks } = leaves[i];
    const outer = marks.filter((mark) => mark.type.name !== "code");
    if (outer.length === 0) {
      out.push(leaf(node, marks, inCell));
      i++;
      continue;
    }
    const reach = (mark) => {
      let n = i;
      while (n < leaves.length && mark.isInSet(leaves[n].marks)) n++;
      return n;
    };
    const mark = outer.reduce((best, next) => (reach(next) > reach(best) ? next : best));
    const end = reach(mark);
    const inner = leaves.slice(i, end).map((l) => ({ node: l.node, marks: l.marks.filter((m) => !m.eq(mark)) }));
    out.push(...around(mark, merge(wrap(inner, inCell))));
    i = end;
  }
  return out;
}

function leaf(node, marks, inCell) {
  const a = node.attrs;
  switch (node.type.name) {
    case "text":
      return { type: marks.length ? "inlineCode" : "text", value: node.text };
    case "soft_break":
      return { type: "text", value: "\n" };
    case "hard_break":
      return a.html || inCell ? { type: "html", value: "<br>" } : { type: "break" };
    case "image":
      return { type: "image", url: a.src, alt: a.alt, title: a.title || null };
    case "footnote":
      return { type: "footnoteReference", identifier: a.label, label: a.label };
    case "html":
      return { type: "html", value: a.value };
  }
  throw new Error("text without Markdown: " + node.type.name);
}

// around puts a mark around its content. Emphasis cannot begin or end with a
// space in Markdown: the space goes outside.
function around(mark, children) {
  if (mark.type.name === "link") return [{ type: "link", url: mark.attrs.href, title: mark.attrs.title || null, children }];
  const type = { strong: "strong", em: "emphasis", strike: "delete" }[mark.type.name];
  const before = takeSpace(children, 0, /^\s+/);
  const after = takeSpace(children, -1, /\s+$/);
  const middle = children.length ? [{ type, children }] : [];
  return [...before, ...middle, ...after];
}

function takeSpace(children, at, pattern) {
  const edge = children.at(at);
  const space = edge?.type === "text" ? pattern.exec(edge.value)?.[0] : null;
  if (!space) return [];
  edge.value = edge.value.replace(pattern, "");
  if (!edge.value) children.splice(at, 1);
  return [{ type: "text", value: space }];
}

function merge(list) {
  const out = [];
  for (const node of list) {
    if (node.type === "text" && out.at(-1)?.type === "text") out[out.length - 1] = { type: "text", value: out.at(-1).value + node.value };
    else out.push(node);
  }
  return out;
}

function trim(list) {
  takeSpace(list, 0, /^\s+/);
  takeSpace(list, -1, /\s+$/);
  return list;
}
