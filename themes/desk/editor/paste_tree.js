// Small moves on a pasted tree.

// each calls f for the elements that a selector finds, outermost first, and
// may change the tree: elements that left it meanwhile are passed over.
export function each(root, selector, f) {
  for (const node of [...root.querySelectorAll(selector)]) {
    if (root.contains(node)) f(node);
  }
}

// unwrap puts an element's content in its place.
export function unwrap(node) {
  node.replaceWith(...node.childNodes);
}

// rename gives an element another name and none of its attributes.
export function rename(node, name) {
  const other = document.createElement(name);
  other.append(...node.childNodes);
  node.replaceWith(other);
  return other;
}

// styleOf reads what was an element's style attribute as it is written, with
// Word's own properties.
export function styleOf(node) {
  const style = {};
  for (const declaration of (node.dataset.style ?? "").split(";")) {
    const colon = declaration.indexOf(":");
    if (colon > 0) style[declaration.slice(0, colon).trim().toLowerCase()] = declaration.slice(colon + 1).trim().toLowerCase();
  }
  return style;
}
