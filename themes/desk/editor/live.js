// A page that is open is told what changed meanwhile (app/live). A part says
// what it shows:
//
//   data-live="editions" id="list"         any edition: a line offers to show what is new,
//   data-live="edition/ITEM/LANG"          and then the parts with an id are taken from a
//   data-live="talk/ITEM/LANG"             fresh page; without one, the page is loaded again
//   data-live="TOPIC"                      (talk: what is said about an edition)
//   data-live="TOPIC" data-mark            its text is the topic's mark, hidden when empty
//
// Nothing moves by itself but marks. Only the page in front listens: browsers
// have few connections to a host.

const retry = 60_000; // ms, after the newsroom had no line for us

export function live() {
  const topics = new Set(parts().map((part) => part.dataset.live));
  if (topics.size) new Line(topics).tend();
}

const parts = () => [...document.querySelectorAll("[data-live]")];
const isEditions = (topic) => topic === "editions" || topic.startsWith("edition/") || isTalk(topic);
const isTalk = (topic) => topic.startsWith("talk/");

class Line {
  constructor(topics) {
    this.topics = topics;
    this.after = document.body.dataset.after;
    this.marks = new Map(); // as they were told last
    this.changed = new Set(); // names that the page does not show yet
    this.news = document.getElementById("news");
    this.news.querySelector("button").addEventListener("click", () => this.show());
  }

  // tend keeps the line open while somebody looks at the page.
  tend() {
    const look = () => (document.hidden ? this.close() : this.open());
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", look);
    look();
  }

  open() {
    if (this.source) return;
    const asked = new URLSearchParams({ after: this.after });
    for (const topic of this.topics) asked.append("on", topic);
    this.source = new EventSource(`/live?${asked}`);
    this.source.addEventListener("message", (event) => this.hear(event));
    this.source.addEventListener("error", () => {
      if (this.source?.readyState !== EventSource.CLOSED) return; // it asks again by itself
      this.close();
      this.later = setTimeout(() => document.hidden || this.open(), retry);
    });
  }

  close() {
    clearTimeout(this.later);
    this.source?.close();
    this.source = null;
  }

  hear({ data, lastEventId }) {
    this.after = lastEventId || this.after;
    for (const line of data.split("\n")) {
      const end = line.indexOf(" ");
      if (end < 0) this.note(line);
      else this.mark(line.slice(0, end), line.slice(end + 1));
    }
    this.say();
  }

  note(name) {
    const concerned = ({ dataset: { live } }) => live === name || (name === "*" ? isEditions(live) : live === "editions");
    if (parts().some(concerned)) this.changed.add(name);
  }

  mark(topic, mark) {
    const isNews = this.marks.has(topic) && this.marks.get(topic) !== mark;
    this.marks.set(topic, mark);
    for (const part of parts().filter(({ dataset }) => dataset.live === topic)) {
      if (!("mark" in part.dataset)) {
        if (isNews) this.changed.add(topic);
        continue;
      }
      part.textContent = mark;
      part.hidden = !mark;
    }
  }

  say() {
    const { change, changes, countless, talk } = this.news.dataset;
    const count = this.changed.size;
    const all = [...this.changed];
    const line = this.news.querySelector("p");
    line.hidden = !count;
    line.querySelector("span").textContent = this.changed.has("*") ? countless : all.every(isTalk) ? talk : count === 1 ? change : changes.replace("#", count);
  }

  // show brings the page up to now.
  async show() {
    const stale = parts().filter(({ dataset }) => !("mark" in dataset) && [...this.changed].some((name) => dataset.live === name || (name === "*" ? isEditions(dataset.live) : dataset.live === "editions" && isEditions(name))));
    if (stale.some((part) => !part.id)) return location.reload();
    const fresh = await page().catch(() => null);
    if (!fresh || stale.some((part) => !fresh.getElementById(part.id))) return location.reload();
    for (const part of stale) replace(part, document.importNode(fresh.getElementById(part.id), true), fresh);
    this.changed.clear();
    this.say();
    const first = document.getElementById(stale[0].id);
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }
}

// replace puts a part of a fresh page in the place of an older one; what is
// ticked stays so, and a form in which something was written stays as it is.
// Scripts of the part are told ("fresh").
function replace(part, fresh, page) {
  for (const field of [...part.querySelectorAll("textarea[id]")].filter(({ value, defaultValue }) => value !== defaultValue)) {
    const place = fresh.querySelector("#" + CSS.escape(field.id));
    if (!place) continue;
    const fold = place.closest("details");
    place.form.replaceWith(field.form);
    if (fold) fold.open = true;
  }
  const ticked = new Set([...part.querySelectorAll("input:checked")].map(({ value }) => value));
  part.replaceWith(fresh);
  for (const box of fresh.querySelectorAll("input[type=checkbox]")) box.checked ||= ticked.has(box.value);
  fresh.dispatchEvent(new CustomEvent("fresh", { bubbles: true, detail: page }));
}

// page reads this page again.
async function page() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(20_000) });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
