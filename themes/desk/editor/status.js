// The line that says whether what was typed is safe. Its sentences come with
// the page. It is a live region, so it changes only when it has news.

export class Status {
  constructor(line, signedOut) {
    this.line = line;
    this.signedOut = signedOut;
  }

  // say shows "saving", "saved", "offline", "failed" or "over"; words replace
  // the page's own, except that a failure says both.
  say(what, words) {
    if (what === "saving") return; // not worth a change a second
    this.signedOut.hidden = what !== "over";
    this.line.dataset.state = what;
    const own = this.line.dataset[what] ?? "";
    const text = what === "failed" && words ? `${words}. ${own}` : (words ?? own);
    if (this.line.textContent !== text) this.line.textContent = text;
  }
}
