// The fields of the editor's form, as one flat object.

const notText = new Set(["csrf", "hash", "lead_file", "lead_remove", "verb", "take", "from", "workflow", "pick", "save_note"]);
const lists = new Set(["outlets"]);
// What is asked beside the text belongs to a verb, and is no part of it.
const isText = (name) => name && !notText.has(name) && !/^(mine_|answer-|reason-)/.test(name);

// read answers what the form says now. Fields that may have several values
// are lists.
export function read(form) {
  const fields = {};
  for (const { name } of form.elements) {
    if (isText(name)) fields[name] = lists.has(name) ? [] : "";
  }
  for (const [name, value] of new FormData(form)) {
    if (!isText(name) || typeof value !== "string") continue;
    if (lists.has(name)) fields[name].push(value);
    else fields[name] = value.replaceAll("\r\n", "\n");
  }
  return fields;
}

// write puts such an object into the form.
export function write(form, fields) {
  for (const element of form.elements) {
    const value = fields[element.name];
    if (value === undefined || !isText(element.name)) continue;
    if (element.type === "checkbox") element.checked = value.includes(element.value);
    else if (!lists.has(element.name) && element.value !== value) element.value = value;
    element.dispatchEvent(new Event("replaced", { bubbles: true }));
  }
}

// insert puts text into a text field as if it were typed there.
export function insert(field, text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// same compares two such objects, but for what they began with and for what the
// newsroom tidies.
export function same(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  names.delete("base");
  names.delete("version");
  return [...names].every((name) => a[name] === b[name] || tidy(name, a[name]) === tidy(name, b[name]));
}

function tidy(name, value = "") {
  if (Array.isArray(value)) return [...value].sort().join();
  const text = value.normalize("NFC").trim();
  if (name === "body" || name.startsWith("p-")) return text; // paragraphs
  if (name === "slug") return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/[^a-z0-9]+/g, "-");
  return text.replace(/\s+/g, " ");
}
