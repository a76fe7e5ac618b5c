// Counts the characters of a field that has a limit (data-max), as the
// newsroom counts them. It may be exceeded: nothing that was typed or pasted is
// cut off, and the counter says by how much.

export function count(field) {
  const max = Number(field.dataset.max);
  const over = field.closest("[data-over]")?.dataset.over; // the words, with # for the number
  const counter = document.createElement("span");
  counter.className = "counter";
  counter.setAttribute("aria-hidden", "true");
  field.labels[0]?.append(" ", counter);
  const show = () => {
    const n = [...field.value.normalize("NFC").trim()].length;
    counter.textContent = n > max && over ? `${n}/${max}, ${over.replace("#", n - max)}` : `${n}/${max}`;
    counter.classList.toggle("over", n > max);
    if (n > max) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };
  field.addEventListener("input", show);
  field.addEventListener("replaced", show);
  show();
}
