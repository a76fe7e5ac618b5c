// Word writes a list as paragraphs: each names its list and level in a style
// ("mso-list: l0 level2 lfo1") and carries its bullet or number as text.
import { each, styleOf, unwrap } from "./paste_tree.js";

// listsOfWord makes real lists of such paragraphs. A numbered heading keeps
// its number as words.
export function listsOfWord(body) {
  each(body, "h2,h3,h4,h5,h6", (node) => {
    const marker = takeMarker(node);
    if (marker) node.prepend(marker + " ");
  });
  let open = []; // the lists that are open at this place, outermost first
  each(body, "p", (node) => {
    const found = /^(\S+) level(\d+)/.exec(styleOf(node)["mso-list"] ?? "");
    if (!found) return;
    const [, name, depth] = found;
    if (!follows(open[0]?.list, node) || open[0].name !== name) open = [];
    place(node, open, { name, level: Number(depth), marker: takeMarker(node) });
  });
}

function follows(list, node) {
  let before = node.previousSibling;
  while (before && before.nodeType === 3 && !before.data.trim()) before = before.previousSibling;
  return Boolean(list) && before === list;
}

function place(node, open, { name, level, marker }) {
  const ordered = /^\(?(?:\d+|[a-zđ]|[ivxlc]+)[.)]/i.test(marker);
  while (open.length && open.at(-1).level > level) open.pop();
  let last = open.at(-1);
  if (last?.level === level && last.ordered !== ordered && open.length > 1) {
    open.pop();
    last = null;
  }
  if (!last || last.level < level) {
    const list = document.createElement(ordered ? "ol" : "ul");
    const first = Number(/^\(?(\d+)/.exec(marker)?.[1] ?? 1);
    if (ordered && first !== 1) list.setAttribute("start", first);
    if (open.length) open.at(-1).list.lastElementChild.append(list);
    else node.before(list);
    last = { name, level, ordered, list };
    open.push(last);
  }
  const item = document.createElement("li");
  last.list.append(item);
  item.append(node);
}

// takeMarker removes the bullet or number that Word wrote and answers it.
function takeMarker(node) {
  let marker = "";
  each(node, "[data-style]", (span) => {
    if (styleOf(span)["mso-list"] !== "ignore") return;
    marker ||= span.textContent.replace(/[\s\u00a0]+/g, " ").trim();
    const holder = span.parentElement;
    span.remove();
    if (holder !== node && !holder.textContent.trim()) unwrap(holder);
  });
  return marker;
}
