// A verb that does not save is about the newest saved version. While there is
// something unsaved the page asks first, beside the button.

// guard asks before such verbs. isUnsaved says whether there is something to
// ask about; save leaves the page with it; drop answers whether it is gone.
export function guard(isUnsaved, save, drop) {
  const question = document.querySelector("[data-ask]");
  if (!question) return;
  const dropping = question.querySelector("[data-drop]");
  let verb = null; // the button that waits for an answer
  let agreed = false;

  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches("form[data-verb]") || agreed || !isUnsaved()) return;
      event.preventDefault();
      verb = event.submitter;
      dropping.textContent = dropping.dataset.words + " " + begin(verb.textContent.trim());
      event.target.after(question);
      question.hidden = false;
      question.querySelector("button").focus();
    },
    true,
  );

  question.addEventListener("click", async (event) => {
    const { dataset } = event.target.closest("button") ?? { dataset: {} };
    if ("save" in dataset) save();
    if ("back" in dataset) close();
    if (!("drop" in dataset) || !(await drop())) return;
    agreed = true;
    verb.form.requestSubmit(verb);
  });
  question.addEventListener("keydown", (event) => event.key === "Escape" && close());
  addEventListener("pageshow", () => (agreed = false));

  function close() {
    question.hidden = true;
    verb.focus();
  }
}

const begin = (words) => words.charAt(0).toLocaleLowerCase(document.documentElement.lang) + words.slice(1);
