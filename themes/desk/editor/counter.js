// Counts the characters of a field that has a limit (data-max), as the
// newsroom counts them. It may be exceeded: nothing that was typed is cut off.

export function count(field) {
  const max = Number(field.dataset.max);
  const counter = document.createElement("span");
  counter.className = "counter";
  counter.setAttribute("aria-hidden", "true");
  field.labels[0]?.append(" ", counter);
  const show = () => {
    const n = [...field.value.normalize("NFC").trim()].length;
    counter.textContent = `${n}/${max}`;
    counter.classList.toggle("over", n > max);
    if (n > max) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };
  field.addEventListener("input", show);
  field.addEventListener("replaced", show);
  show();
}
