// The search box is one key away: "/", wherever nothing is being typed.

/** seek leads the key to a page's search box. */
export function seek(box) {
  if (!box) return;
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

/** isTyping says whether a key belongs to what is being typed. */
export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
