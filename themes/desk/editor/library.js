// The library's list: files are brought by dialog, by dragging and by pasting,
// one after the other. Without script the form brings one at a time.
import { Upload } from "./upload.js";

const form = document.querySelector("[data-upload]");
if (form) bringing(form);

function bringing(form) {
  const panel = form.closest("details");
  const list = panel.querySelector("[data-uploads]");
  const said = panel.querySelector("[data-uploads-said]");
  const row = panel.querySelector("[data-upload-row]");
  const words = Object.fromEntries([...panel.querySelectorAll("[data-word]")].map((w) => [w.dataset.word, w.textContent]));
  const input = form.elements.file;
  const queue = [];
  let working = false;

  input.multiple = true;
  form.querySelector("[data-plain]").hidden = true;
  form.querySelector("[data-rich]").hidden = false;

  form.addEventListener("submit", (event) => {
    if (input.files.length === 0) return; // the newsroom says that one is missing
    event.preventDefault();
    bring(input.files);
    input.value = "";
  });
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    panel.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => event.relatedTarget || panel.classList.remove("dropping"));
  addEventListener("drop", (event) => {
    panel.classList.remove("dropping");
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    bring(event.dataTransfer.files);
  });
  addEventListener("paste", (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    bring(event.clipboardData.files);
  });
  addEventListener("beforeunload", (event) => working && event.preventDefault());

  function bring(files) {
    panel.open = true;
    list.hidden = false;
    for (const file of files) queue.push(show(file));
    if (!working) work(queue.length === 1);
  }

  // work brings what is in the queue; a file by itself ends at its page.
  async function work(alone) {
    working = true;
    let page = null;
    while (queue.length > 0) {
      alone &&= queue.length === 1;
      page = await queue.shift().run();
    }
    working = false;
    if (alone && page) location.assign(page);
  }

  // show makes the row of a file, and its upload.
  function show(file) {
    const place = row.content.firstElementChild.cloneNode(true);
    const part = (name) => place.querySelector(`[data-${name}]`);
    const stop = part("stop");
    part("name").textContent = file.name;
    list.append(place);
    const upload = new Upload(form.dataset.upload, form.elements.agency.value, file);
    stop.addEventListener("click", () => upload.stop());
    upload.onchange = ({ state, sent, sentence, page }) => {
      place.dataset.state = state;
      place.querySelector("progress").value = sent / file.size;
      part("bytes").textContent = `${size(sent)} / ${size(file.size)}`;
      const saying = sentence ?? words[state] ?? "";
      if (part("said").textContent !== saying) part("said").textContent = said.textContent = saying;
      part("said").className = state === "refused" ? "wrong" : "";
      const over = ["done", "refused", "stopped", "out"].includes(state);
      stop.hidden = over;
      place.querySelector("progress").hidden = over;
      if (!page) return;
      const link = document.createElement("a");
      link.href = page;
      link.textContent = words.open;
      stop.replaceWith(link);
    };
    upload.tell("waiting");
    return upload;
  }

  function size(bytes) {
    return new Intl.NumberFormat(form.dataset.lang, { maximumFractionDigits: 1 }).format(bytes / (1 << 20)) + " MB";
  }
}
