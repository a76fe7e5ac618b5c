// From Markdown to the editor's document, block by block.
import { schema } from "./schema.js";
import { parse, print } from "./syntax.js";
import { toTree } from "./write.js";

const { nodes, marks } = schema;

// read answers one piece for each block of the text: the document's node and
// the place of its source. around are definitions that stand elsewhere.
export function read(markdown, around = "") {
  const { blocks, definitions } = understand(markdown, around);
  const rest = definitions.sources.join("\n\n");
  return blocks.map(({ block, start, end }) => {
    const node = faithful(block, definitions, rest) ?? nodes.asis.create({ source: markdown.slice(start, end) });
    return { node, start, end };
  });
}

// glance is read without proof that each block can be written again; the node
// of a block that is not known is null.
export function glance(markdown, around = "") {
  const { blocks, definitions } = understand(markdown, around);
  return blocks.map(({ block, start, end }) => ({ node: convert(block, definitions), start, end }));
}

// definitionsIn are those of links and footnotes in a text, to stand around
// another part of it.
export const definitionsIn = (markdown) => (markdown.includes("]:") ? gather(parse(markdown), markdown).sources.join("\n\n") : "");

// understand parses a text with what stands around it. A comment keeps the two
// apart: a footnote would go on into what is indented.
function understand(markdown, around) {
  const lead = around && around + "\n\n<!---->\n\n";
  const text = lead + markdown;
  const tree = parse(text);
  const blocks = tree.children.map((block) => ({ block, start: block.position.start.offset - lead.length, end: block.position.end.offset - lead.length }));
  return { blocks: blocks.filter(({ start }) => start >= 0), definitions: gather(tree, text) };
}

// toDoc makes a document of pieces; an empty one has an empty paragraph.
export function toDoc(pieces) {
  return nodes.doc.create(null, pieces.length ? pieces.map((piece) => piece.node) : [nodes.paragraph.create()]);
}

// faithful converts a block, or answers nothing when the document could not
// give back what the block says: then it is shown as its source.
function faithful(block, definitions, rest) {
  const node = convert(block, definitions);
  if (!node) return null;
  try {
    node.check();
  } catch {
    return null;
  }
  const text = print([toTree(node)]) + "\n\n" + rest;
  const again = parse(text);
  const copy = again.children.length > 0 && convert(again.children[0], gather(again, text));
  return copy && copy.eq(node) ? node : null;
}

// gather finds the link definitions of a document, the first of each name, and
// the sources on which references depend.
function gather(tree, text) {
  const links = new Map();
  const sources = [];
  const walk = (node) => {
    if (node.type === "definition" && !links.has(node.identifier)) links.set(node.identifier, node);
    if (node.type === "definition" || node.type === "footnoteDefinition") sources.push(text.slice(node.position.start.offset, node.position.end.offset));
    node.children?.forEach(walk);
  };
  walk(tree);
  return { links, sources };
}

class Unknown extends Error {}

function convert(block, definitions) {
  try {
    return toBlock(block, definitions);
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

function toBlock(node, d) {
  switch (node.type) {
    case "paragraph":
      return paragraph(node, d);
    case "heading":
      return nodes.heading.create({ level: node.depth }, toInline(node.children, d));
    case "blockquote":
      return nodes.blockquote.create(null, orEmpty(node.children.map((child) => toBlock(child, d))));
    case "list":
      return list(node, d);
    case "code":
      return codeBlock(node);
    case "thematicBreak":
      return nodes.horizontal_rule.create();
    case "table":
      return table(node, d);
  }
  throw new Unknown(node.type);
}

const orEmpty = (blocks) => (blocks.length ? blocks : [nodes.paragraph.create()]);

// paragraph leaves definition lists, which this syntax does not know, alone:
// they are a term with a line below it that begins with a colon.
function paragraph(node, d) {
  const first = node.children[0];
  const definition = node.children.some((child) => child.type === "text" && /\n:[ \t]/.test(child.value));
  if (definition || (first?.type === "text" && /^:[ \t]/.test(first.value) && node.children.some((c) => c.value?.includes("\n")))) throw new Unknown("definition list");
  return nodes.paragraph.create(null, toInline(node.children, d));
}

function list(node, d) {
  const tight = !node.spread && !node.children.some((item) => item.spread);
  const items = node.children.map((item) => nodes.list_item.create(null, orEmpty(item.children.map((child) => toBlock(child, d)))));
  if (!node.ordered) return nodes.bullet_list.create({ tight }, items);
  return nodes.ordered_list.create({ tight, order: node.start ?? 1 }, items);
}

function codeBlock(node) {
  const info = [node.lang, node.meta].filter(Boolean).join(" ");
  return nodes.code_block.create({ info }, node.value ? schema.text(node.value) : null);
}

// table makes every row as wide as the header: what is beyond is not shown to
// readers either.
function table(node, d) {
  const width = node.children[0].children.length;
  const rows = node.children.map((row, i) => {
    const type = i === 0 ? nodes.table_header : nodes.table_cell;
    const cells = [];
    for (let column = 0; column < width; column++) {
      const content = row.children[column] ? toInline(row.children[column].children, d) : [];
      cells.push(type.create({ align: node.align?.[column] ?? null }, nodes.paragraph.create(null, content)));
    }
    return nodes.table_row.create(null, cells);
  });
  return nodes.table.create(null, rows);
}

function toInline(children, d, active = []) {
  return children.flatMap((node) => {
    switch (node.type) {
      case "text":
        return text(node.value, active);
      case "strong":
        return toInline(node.children, d, marks.strong.create().addToSet(active));
      case "emphasis":
        return toInline(node.children, d, marks.em.create().addToSet(active));
      case "delete":
        return toInline(node.children, d, marks.strike.create().addToSet(active));
      case "inlineCode":
        return node.value ? [schema.text(node.value, marks.code.create().addToSet(active))] : [];
      case "link":
      case "linkReference":
        return link(target(node, d), node, d, active);
      case "image":
      case "imageReference": {
        const { url, title } = target(node, d);
        return [nodes.image.create({ src: url, alt: node.alt ?? "", title: title ?? "" }, null, active)];
      }
      case "break":
        return [nodes.hard_break.create(null, null, active)];
      case "html":
        return [/^<br\s*\/?>$/i.test(node.value) ? nodes.hard_break.create({ html: true }, null, active) : nodes.html.create({ value: node.value }, null, active)];
      case "footnoteReference":
        return [nodes.footnote.create({ label: node.label ?? node.identifier }, null, active)];
    }
    throw new Unknown(node.type);
  });
}

function text(value, active) {
  return value.split("\n").flatMap((line, i) => {
    const found = line ? [schema.text(line, active)] : [];
    return i ? [nodes.soft_break.create(null, null, active), ...found] : found;
  });
}

function target(node, d) {
  if (node.url !== undefined) return node;
  const definition = d.links.get(node.identifier);
  if (!definition) throw new Unknown("reference");
  return definition;
}

function link({ url, title }, node, d, active) {
  return toInline(node.children, d, marks.link.create({ href: url, title: title ?? "" }).addToSet(active));
}
