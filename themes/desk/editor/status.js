// The line that says whether what was typed is safe. Its sentences come with
// the page. It is a live region, so it changes only when it has news.

export class Status {
  constructor(line, signedOut) {
    this.line = line;
    this.signedOut = signedOut;
  }

  // say shows "saved" in the newsroom's words, "refused" with its reason, or
  // "offline", "failed" or "over" (the session) in the page's words.
  say(what, words) {
    this.signedOut.hidden = what !== "over";
    this.line.dataset.state = what;
    const text = [what === "saved" ? "" : this.line.dataset[what], words].filter(Boolean).join(" ");
    if (this.line.textContent !== text) this.line.textContent = text;
  }
}
