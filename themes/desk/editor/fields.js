// The fields of the editor's form, as one flat object.

const notText = new Set(["csrf", "hash", "lead_file", "lead_remove", "verb"]);

// read answers what the form says now. Fields that may have several values
// are lists.
export function read(form) {
  const fields = {};
  for (const element of form.elements) {
    if (element.name && !notText.has(element.name)) fields[element.name] = element.type === "checkbox" ? [] : "";
  }
  for (const [name, value] of new FormData(form)) {
    if (notText.has(name) || typeof value !== "string") continue;
    if (Array.isArray(fields[name])) fields[name].push(value);
    else fields[name] = value.replaceAll("\r\n", "\n");
  }
  return fields;
}

// write puts such an object into the form.
export function write(form, fields) {
  for (const element of form.elements) {
    const value = fields[element.name];
    if (value === undefined || notText.has(element.name)) continue;
    if (element.type === "checkbox") element.checked = value.includes(element.value);
    else if (element.value !== value) element.value = value;
    element.dispatchEvent(new Event("replaced", { bubbles: true }));
  }
}

// same compares two such objects, but for the revision they began with and for
// what the newsroom tidies.
export function same(a, b) {
  const tidy = (fields) => JSON.stringify(Object.entries({ ...fields, base: "" }).map(([k, v]) => [k, typeof v === "string" ? v.normalize("NFC").trim() : v]).sort());
  return tidy(a) === tidy(b);
}
