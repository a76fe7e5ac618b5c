// What is pasted from Word, LibreOffice, Google Docs or a web page is reduced
// to what an article may have: headings, paragraphs, lists, tables, quotations,
// links, bold, italic, struck text. Classes, styles, comments, deleted text,
// pictures of somebody's disk and the marks of smart tags are dropped.
import { listsOfWord } from "./paste_lists.js";
import { scripts } from "./paste_scripts.js";
import { simpleTable } from "./paste_tables.js";
import { each, rename, styleOf, unwrap } from "./paste_tree.js";

const dropped = "script,style,meta,link,title,template,object,embed,iframe,svg,img,picture,video,audio,canvas,button,input,select,textarea,noscript";

// clean turns the HTML of a clipboard into HTML of the editor's schema. What
// was copied in the editor itself, or one like it, comes back whole.
export function clean(html) {
  const body = new DOMParser().parseFromString(inert(html), "text/html").body;
  if (body.querySelector("[data-pm-slice]")) return sliceOf(html, body);
  removeUnwanted(body);
  scripts(body);
  headings(body);
  listsOfWord(body);
  nestLists(body);
  emphasis(body);
  links(body);
  each(body, "table", simpleTable);
  structure(body);
  text(body);
  return body.innerHTML;
}

// sliceOf is what such an editor copied; ours has no raised or lowered text.
function sliceOf(html, body) {
  if (!body.querySelector("sup:not([data-footnote]), sub")) return html;
  scripts(body);
  return body.innerHTML;
}

// inert keeps the browser from reading styles and handlers, which the page's
// Content-Security-Policy forbids, and leaves styles as words that we can read.
function inert(html) {
  const tags = html.replace(/<style[\s>][^]*?<\/style\s*>/gi, "");
  return tags.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son\w+\s*=/gi, " data-handler="));
}

function removeUnwanted(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  comments.forEach((node) => node.remove());
  each(body, dropped, (node) => node.remove());
  each(body, "[data-style]", (node) => {
    const style = styleOf(node);
    const hidden = style.display === "none" || style["mso-hide"] === "all";
    if (hidden || /^comment/.test(style["mso-element"] ?? style["mso-special-character"] ?? "")) node.remove();
  });
  each(body, ".MsoCommentReference, .MsoCommentText", (node) => node.remove());
  each(body, "del[cite], del[datetime]", (node) => node.remove()); // a tracked deletion
  each(body, "*", (node) => {
    if (!node.localName.includes(":")) return;
    if (node.textContent.trim()) unwrap(node); // <o:p>, <st1:place>, <w:sdt>
    else node.remove();
  });
}

// headings finds Word's headings by their outline level too, and moves all so
// that the highest is the second level: the first is the article's headline.
function headings(body) {
  each(body, "p", (node) => {
    const style = styleOf(node);
    const level = Number(style["mso-outline-level"]) || Number(/^MsoHeading(\d)$/.exec(node.className)?.[1]) || (/^MsoTitle/.test(node.className) ? 1 : 0);
    if (level >= 1 && level <= 6) rename(node, "h" + level);
  });
  const all = [...body.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter((node) => node.textContent.trim());
  const highest = Math.min(...all.map((node) => Number(node.localName[1])));
  for (const node of all) {
    const level = Math.min(6, Number(node.localName[1]) - highest + 2);
    each(node, "b,strong", unwrap);
    each(node, "[data-style]", (inner) => (inner.dataset.style = inner.dataset.style.replace(/font-weight[^;]*/gi, "")));
    rename(node, "h" + level);
  }
}

// nestLists puts a list that stands directly in a list into the item before it.
function nestLists(body) {
  each(body, "ul > ul, ul > ol, ol > ul, ol > ol", (inner) => {
    const item = inner.previousElementSibling;
    if (item?.localName === "li") item.append(inner);
    else {
      const li = document.createElement("li");
      inner.replaceWith(li);
      li.append(inner);
    }
  });
}

// emphasis reads bold, italic and struck text from styles, and leaves out
// what only looks like it: Google wraps a whole text into <b> with a normal weight.
function emphasis(body) {
  each(body, "b, strong, i, em, s, strike, del, span, font, a, p, li, td, th", (node) => {
    const style = styleOf(node);
    const weight = style["font-weight"] ?? "";
    const bold = weight === "bold" || weight === "bolder" || Number(weight) >= 600;
    const isBlock = /^(p|li|td|th)$/.test(node.localName);
    if (/^(b|strong)$/.test(node.localName) && /^(normal|lighter|[1-5]00)$/.test(weight)) return unwrap(node);
    if (/^(i|em)$/.test(node.localName) && style["font-style"] === "normal") return unwrap(node);
    const tags = [];
    if (bold && !/^(b|strong)$/.test(node.localName) && !(isBlock && node.localName !== "p")) tags.push("strong");
    if (/italic|oblique/.test(style["font-style"] ?? "") && !/^(i|em)$/.test(node.localName)) tags.push("em");
    if (/line-through/.test((style["text-decoration"] ?? "") + (style["text-decoration-line"] ?? ""))) tags.push("s");
    for (const tag of tags) {
      const around = document.createElement(tag);
      around.append(...node.childNodes);
      node.append(around);
    }
  });
}

// links keeps those that lead somewhere readers can go.
function links(body) {
  each(body, "a", (node) => {
    const href = target(node.getAttribute("href") ?? "");
    if (!href || !node.textContent.trim()) return unwrap(node);
    node.setAttribute("href", href);
  });
}

function target(href) {
  const through = /^https?:\/\/(?:www\.)?google\.com\/url\?(.*)$/.exec(href);
  if (through) href = new URLSearchParams(through[1]).get("q") ?? href;
  return /^(https?:\/\/|mailto:|tel:)/i.test(href.trim()) ? href.trim() : "";
}

const blocks = "p,h1,h2,h3,h4,h5,h6,ul,ol,table,blockquote,pre,hr,div,section,article,main,header,footer,aside,dl,dt,dd,figure,figcaption,center,address,form,fieldset";

// structure makes paragraphs of other blocks, takes off everything else and
// every attribute that means nothing here.
function structure(body) {
  each(body, "div,section,article,main,header,footer,aside,figure,center,address,form,fieldset,dl,dt,dd,figcaption", (node) => {
    if (node.querySelector(blocks)) unwrap(node);
    else rename(node, "p");
  });
  const kept = new Set("p h1 h2 h3 h4 h5 h6 ul ol li table tbody tr th td blockquote pre hr br a strong b em i s del strike code".split(" "));
  each(body, "*", (node) => {
    if (!kept.has(node.localName)) return unwrap(node);
    const { href, start } = Object.fromEntries([...node.attributes].map((a) => [a.name, a.value]));
    for (const { name } of [...node.attributes]) node.removeAttribute(name);
    if (node.localName === "a") node.setAttribute("href", href);
    if (node.localName === "ol" && start) node.setAttribute("start", start);
  });
}

// text folds white space, but for the space that keeps a figure together, and
// removes paragraphs in which nothing is left.
function text(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("pre")) continue;
    node.data = node.data.replace(/(\d)\u00a0(?=\d)/g, "$1\ufffc").replace(/[\s\u00a0\u200b\ufeff]+/g, " ").replace(/\ufffc/g, "\u00a0").normalize("NFC");
  }
  each(body, "p,h1,h2,h3,h4,h5,h6,li,strong,b,em,i,s,del,strike,blockquote", (node) => {
    if (!node.textContent.trim() && !node.querySelector("br,table,hr")) node.replaceWith(...(node.textContent ? [" "] : []));
  });
  each(body, "p", (node) => {
    if (!node.textContent.trim() && !node.closest("td,th")) node.remove();
  });
  each(body, "br", (node) => {
    const last = !node.nextSibling || (node.nextSibling.nodeType === 3 && !node.nextSibling.data.trim() && !node.nextSibling.nextSibling);
    if (last || node.parentElement === body) node.remove();
  });
}
