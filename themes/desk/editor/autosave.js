// Keeps what is being typed: on this device at once, in the newsroom a moment
// after the typing pauses. The text on the device goes when the newsroom has it.
import * as fields from "./fields.js";
import { forget, remember } from "./memory.js";

const pause = 1500; // ms without typing before it is sent
const longest = 10_000; // ms of typing after which it is sent all the same
const retries = [3000, 5000, 10_000, 20_000, 30_000];
const patience = 20_000; // ms to wait for an answer
const keepaliveLimit = 60_000; // bytes that may follow a page that is closing

export class Autosave {
  constructor(form, status) {
    this.form = form;
    this.status = status;
    this.address = form.dataset.autosave;
    this.key = "desk.unsent." + form.dataset.autosaveKey;
    this.failures = 0;
    this.unsent = false;
    this.stuck = false; // refused as it is
    this.running = null;
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

  // keep puts the text on this device.
  keep(more) {
    clearTimeout(this.keeping);
    if (this.unsent || more) remember(this.key, { fields: fields.read(this.form), at: Date.now(), ...more });
  }

  // flush sends what is not sent and answers "kept", "refused" (saving will say
  // why), "away" (no answer) or "over" (not signed in any more).
  async flush() {
    while (this.running) await this.running;
    if (!this.unsent) return "kept";
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

  #later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delay);
  }

  async #send() {
    clearTimeout(this.timer);
    const body = JSON.stringify(fields.read(this.form));
    this.unsent = false;
    this.since = null;
    let answer;
    try {
      answer = await this.#post(body);
      if (answer.status === 401 || answer.status === 403) answer = (await this.#renew()) ? await this.#post(body) : answer;
    } catch {
      return this.#failed("away");
    }
    if (answer.ok) return this.#kept(await answer.json());
    if (answer.status === 401) return this.#failed("over");
    if (answer.status >= 500 || answer.status === 429) return this.#failed("away", "failed");
    return this.#refused(answer);
  }

  #post(body) {
    return fetch(this.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token().content },
      body,
      keepalive: new Blob([body]).size < keepaliveLimit,
      signal: AbortSignal.timeout(patience),
    });
  }

  // renew takes the token of a new session of the same person, who signed in
  // again elsewhere.
  async #renew() {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(patience) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.getElementById("editor")?.dataset.autosaveKey !== this.form.dataset.autosaveKey) return false;
    token().content = token(page).content;
    for (const input of document.querySelectorAll("input[name=csrf]")) input.value = token().content;
    return true;
  }

  #kept({ saved }) {
    this.failures = 0;
    this.status.say("saved", saved);
    if (!this.unsent) {
      clearTimeout(this.keeping);
      forget(this.key);
    }
    return "kept";
  }

  #failed(outcome, say) {
    this.unsent = true;
    this.since ??= Date.now();
    this.keep();
    this.status.say(say ?? { away: "offline", over: "over" }[outcome]);
    this.#later(retries[Math.min(this.failures++, retries.length - 1)]);
    return outcome;
  }

  // refused will not get better by asking again; the next change asks anew.
  async #refused(answer) {
    this.unsent = this.stuck = true;
    this.failures = 0;
    this.keep();
    const { error } = await answer.json().catch(() => ({})); // something between us and the newsroom may have answered
    this.status.say("refused", error);
    return "refused";
  }
}

const token = (page = document) => page.querySelector("meta[name=csrf-token]");
