// The line that says whether what was typed is safe. Its sentences come with
// the page. It is a live region, so it changes only when it has news.

export class Status {
  constructor(root = document) {
    this.line = root.querySelector("[data-autosave-status]");
    this.signedOut = root.querySelector("[data-signed-out]");
    this.elsewhere = root.querySelector("[data-elsewhere]");
  }

  // say shows "saved" in the newsroom's words, "refused" with its reason,
  // "elsewhere" with a choice, or "offline", "failed" or "over" (the session)
  // in the page's words.
  say(what, words) {
    this.signedOut.hidden = what !== "over";
    this.elsewhere.hidden = what !== "elsewhere";
    this.line.dataset.state = what;
    const text = [this.line.dataset[what], words].filter(Boolean).join(" ");
    if (this.line.textContent !== text) this.line.textContent = text;
  }
}
