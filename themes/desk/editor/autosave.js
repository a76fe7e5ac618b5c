// Keeps what is being typed: on this device at once, in the newsroom a moment
// after the typing pauses. The text on the device goes when the newsroom has it.
import * as fields from "./fields.js";
import { device, tab } from "./memory.js";
import { post, renew } from "./newsroom.js";

const pause = 1500; // ms without typing before it is sent
const longest = 10_000; // ms of typing after which it is sent all the same
const retries = [3000, 5000, 10_000, 20_000, 30_000];

export class Autosave {
  // confirmed are the fields that the newsroom is known to have.
  constructor(page, form, status, confirmed) {
    this.page = page;
    this.form = form;
    this.status = status;
    this.confirmed = confirmed;
    this.key = "desk.unsent." + page.dataset.key;
    this.stamp = page.dataset.stamp; // of the draft that this goes on with
    this.failures = 0;
    this.unsent = false;
    this.stuck = false; // refused as it is
    this.elsewhere = null; // the draft of another window that was found instead
    this.tried = null; // sent without an answer
    this.running = null;
    this.signedOut = () => {}; // is told that the session is over
    this.signedIn = () => {}; // is told that the newsroom knows the person again
  }

  // changed notes that something was typed.
  changed() {
    this.since ??= Date.now();
    this.unsent = true;
    this.stuck = false;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), 300);
    if (this.failures > 0) return; // a retry is due
    this.#later(Math.max(0, Math.min(pause, this.since + longest - Date.now())));
  }

  // differs says whether the form has something that the newsroom is not known
  // to have.
  differs() {
    return !this.confirmed || !fields.same(fields.read(this.form), this.confirmed);
  }

  // keep puts the text on this device.
  keep(more) {
    clearTimeout(this.keeping);
    if (!more && !(this.unsent && this.differs())) return;
    device.remember(this.key, { fields: fields.read(this.form), at: Date.now(), window: thisWindow(), ...more });
  }

  // flush sends what is not sent, or always when told so, and answers "kept",
  // "refused" (saving will say why), "elsewhere" (a choice is due), "away" (no
  // answer) or "over" (not signed in any more).
  async flush(always = false) {
    while (this.running) await this.running;
    if (this.elsewhere) return "elsewhere";
    if (!always && !this.unsent) return "kept";
    if (!always && !this.differs()) return this.#settled();
    this.running = this.#send();
    try {
      return await this.running;
    } finally {
      this.running = null;
      if (this.unsent && !this.stuck && this.failures === 0) this.#later(pause);
    }
  }

  // leave is for the moment at which the page may be closed.
  leave() {
    this.keep();
    if (this.unsent) void this.flush();
  }

  // overwrite chooses this window's text instead of the one found elsewhere.
  overwrite() {
    this.stamp = this.elsewhere.stamp;
    this.elsewhere = null;
    return this.flush(true);
  }

  // quiet waits until nothing is under way, and sends nothing more by itself.
  async quiet() {
    while (this.running) await this.running;
    clearTimeout(this.timer);
  }

  // stop ends it: the text is to be forgotten here.
  async stop() {
    await this.quiet();
    this.unsent = false;
    this.elsewhere = null;
    this.#forget();
  }

  #later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delay);
  }

  async #send() {
    clearTimeout(this.timer);
    const text = fields.read(this.form);
    const before = this.confirmed;
    this.confirmed = null; // until there is an answer
    this.unsent = false;
    this.since = null;
    let answer;
    try {
      answer = await this.#post(text);
      if (answer.status === 401 || answer.status === 403) answer = (await renew(this.page)) ? await this.#post(text) : answer;
      if (answer.status === 409) answer = await this.#conflict(answer, text);
    } catch {
      return this.#failed("away", text);
    }
    if (answer.ok) return this.#kept(await answer.json(), text);
    if (answer.status === 401) {
      this.signedOut();
      return this.#failed("over", text);
    }
    if (answer.status >= 500 || answer.status === 429) return this.#failed("away", text, "failed");
    this.confirmed = before;
    return this.#refused(answer);
  }

  #post(text) {
    return post(this.page.dataset.autosave, { ...text, stamp: this.stamp });
  }

  // conflict reads which other draft the newsroom has. It may be this window's
  // own, whose answer was lost: then sending goes on with it.
  async #conflict(answer, text) {
    const found = await answer.clone().json();
    if (!found.stamp) return answer;
    if (this.tried && fields.same(found.fields, this.tried)) {
      this.stamp = found.stamp;
      this.tried = null;
      return this.#post(text);
    }
    this.elsewhere = found;
    return answer;
  }

  #kept({ saved, stamp }, text) {
    this.stamp = stamp;
    this.confirmed = text;
    this.tried = null;
    this.failures = 0;
    this.signedIn();
    this.status.say("saved", saved);
    if (!this.unsent) this.#forget();
    return "kept";
  }

  // settled is for a text that came back to what the newsroom has.
  #settled() {
    this.unsent = false;
    this.since = null;
    this.failures = 0;
    clearTimeout(this.timer);
    this.#forget();
    return "kept";
  }

  // forget takes the text off this device, if it is not another window's.
  #forget() {
    clearTimeout(this.keeping);
    if (device.recall(this.key)?.window === thisWindow()) device.forget(this.key);
  }

  #failed(outcome, text, say) {
    this.tried = text;
    this.unsent = true;
    this.since ??= Date.now();
    this.keep();
    this.status.say(say ?? { away: "offline", over: "over" }[outcome]);
    this.#later(retries[Math.min(this.failures++, retries.length - 1)]);
    return outcome;
  }

  // refused will not get better by asking again; the next change asks anew,
  // unless there is a choice to make first.
  async #refused(answer) {
    this.unsent = this.stuck = true;
    this.failures = 0;
    this.keep();
    const { error } = await answer.json().catch(() => ({})); // something between us and the newsroom may have answered
    this.status.say(this.elsewhere ? "elsewhere" : "refused", error);
    return this.elsewhere ? "elsewhere" : "refused";
  }
}

// thisWindow names the tab: two of them share what the device remembers.
function thisWindow() {
  const key = "desk.window";
  if (!tab.recall(key)) tab.remember(key, Math.random().toString(36).slice(2));
  return tab.recall(key);
}
