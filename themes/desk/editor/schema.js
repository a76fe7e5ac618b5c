// The kinds of text an article may have: what app/markup renders, no more.
// What Markdown has beyond that (HTML, definitions, footnotes' texts) stays in
// the document as a block "asis" that shows its source and cannot be damaged.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

const stored = /^(?:media:|\/media\/)([0-9a-f]{64})(?:\/|$)/;

// showPicture shows a picture of the library. A film, sound or document is
// written in the same way; it shows as its description, on a tile.
function showPicture(node) {
  const { src, alt, title } = node.attrs;
  const kept = { "data-picture": src, "data-alt": alt, "data-title": title };
  const found = stored.exec(src);
  if (!found) return ["span", { ...kept, class: "no-picture" }, alt || src];
  const frame = document.createElement("span");
  for (const [name, value] of Object.entries(kept)) frame.setAttribute(name, value);
  const image = document.createElement("img");
  image.alt = alt;
  image.title = title;
  image.addEventListener("error", () => {
    frame.className = "file";
    frame.replaceChildren(alt || title || "media");
  });
  image.src = `/media/${found[1]}/file`;
  frame.append(image);
  return frame;
}

const tables = tableNodes({
  tableGroup: "block",
  cellContent: "paragraph",
  cellAttributes: {
    align: {
      default: null,
      getFromDOM: (dom) => dom.getAttribute("data-align"),
      setDOMAttr: (value, attrs) => {
        if (value) attrs["data-align"] = value;
      },
    },
  },
});

const blocks = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    attrs: { level: { default: 2 } },
    content: "inline*",
    group: "block",
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: "h" + level, attrs: { level } })),
    toDOM: (node) => ["h" + node.attrs.level, 0],
  },
  blockquote: { content: "block+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  bullet_list: {
    attrs: { tight: { default: true } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    attrs: { tight: { default: true }, order: { default: 1 } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ order: dom.hasAttribute("start") ? Number(dom.getAttribute("start")) || 1 : 1 }) }],
    toDOM: (node) => (node.attrs.order === 1 ? ["ol", 0] : ["ol", { start: node.attrs.order }, 0]),
  },
  list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  code_block: {
    attrs: { info: { default: "" } },
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", ["code", 0]],
  },
  horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  asis: {
    attrs: { source: {} },
    group: "block",
    atom: true,
    parseDOM: [{ tag: "pre[data-asis]", priority: 60, getAttrs: (dom) => ({ source: dom.getAttribute("data-asis") }) }],
    toDOM: (node) => ["pre", { "data-asis": node.attrs.source, class: "asis" }, node.attrs.source],
  },
  ...tables,
  table: { ...tables.table, toDOM: () => ["div", { class: "table-scroll" }, ["table", ["tbody", 0]]] }, // wide ones scroll
};

const inlines = {
  text: { group: "inline" },
  hard_break: {
    attrs: { html: { default: false } }, // written as <br>, as in table cells
    inline: true,
    group: "inline",
    selectable: false,
    leafText: () => "\n",
    parseDOM: [{ tag: "br", getAttrs: (dom) => ({ html: dom.hasAttribute("data-html") }) }],
    toDOM: (node) => (node.attrs.html ? ["br", { "data-html": "" }] : ["br"]),
  },
  soft_break: {
    inline: true,
    group: "inline",
    selectable: false,
    leafText: () => " ",
    parseDOM: [{ tag: "span[data-soft]" }],
    toDOM: () => ["span", { "data-soft": "" }, " "],
  },
  image: {
    attrs: { src: {}, alt: { default: "" }, title: { default: "" } },
    inline: true,
    group: "inline",
    atom: true,
    parseDOM: [
      {
        tag: "[data-picture]",
        getAttrs: (dom) => ({ src: dom.getAttribute("data-picture"), alt: dom.getAttribute("data-alt"), title: dom.getAttribute("data-title") }),
      },
    ],
    toDOM: showPicture,
  },
  footnote: {
    attrs: { label: {} },
    inline: true,
    group: "inline",
    atom: true,
    parseDOM: [{ tag: "sup[data-footnote]", getAttrs: (dom) => ({ label: dom.getAttribute("data-footnote") }) }],
    toDOM: (node) => ["sup", { "data-footnote": node.attrs.label }, node.attrs.label],
  },
  html: {
    attrs: { value: {} },
    inline: true,
    group: "inline",
    atom: true,
    parseDOM: [{ tag: "code[data-html]", priority: 60, getAttrs: (dom) => ({ value: dom.getAttribute("data-html") }) }],
    toDOM: (node) => ["code", { "data-html": node.attrs.value, class: "asis" }, node.attrs.value],
  },
};

const marks = {
  link: {
    attrs: { href: {}, title: { default: "" } },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href"), title: dom.getAttribute("title") || "" }) }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, title: mark.attrs.title || null }, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  strike: { parseDOM: [{ tag: "del" }, { tag: "s" }, { tag: "strike" }], toDOM: () => ["del", 0] },
  code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
};

export const schema = new Schema({ nodes: { ...blocks, ...inlines }, marks });
