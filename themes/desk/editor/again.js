// Signing in again on the page on which one is writing, when the session is
// over: nothing typed moves anywhere.
import { adopt, post, renew } from "./newsroom.js";
import { possible, use } from "./webauthn.js";

export class Again {
  // done is called when the page's person is signed in again.
  constructor(page, done) {
    this.dialog = document.querySelector("dialog[data-again]");
    if (!this.dialog) return;
    this.page = page;
    this.done = done;
    this.first = this.dialog.querySelector("[data-first]");
    this.second = this.dialog.querySelector("[data-second]");
    this.wrong = this.dialog.querySelector("[data-wrong]");
    this.key = this.dialog.querySelector("[data-passkey]");
    this.key.hidden = !possible() || location.origin !== this.dialog.dataset.origin;
    this.#listen();
  }

  // ask opens the dialog, unless the person has put it off; insist does so all
  // the same.
  ask(insist = false) {
    if (!this.dialog || this.dialog.open || (this.later && !insist)) return;
    this.#begin();
    this.entered = false;
    this.dialog.showModal();
    this.first.elements.password.focus();
  }

  #listen() {
    this.first.addEventListener("submit", (event) => {
      event.preventDefault();
      const { email, password } = this.first.elements;
      this.#send("/sign-in", { email: email.value, password: password.value });
    });
    this.second.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send("/sign-in/code", { token: this.token, code: this.second.elements.code.value });
    });
    this.key.addEventListener("click", () => this.#passkey());
    this.dialog.querySelector("[data-later]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => (this.later = !this.entered));
    document.querySelector("[data-sign-in]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.ask(true);
    });
  }

  #begin() {
    this.first.hidden = false;
    this.second.hidden = true;
    this.#say("");
    this.first.elements.password.value = this.second.elements.code.value = "";
  }

  #say(words) {
    this.wrong.textContent = words;
    this.wrong.hidden = !words;
  }

  async #passkey() {
    const challenge = await post("/sign-in/passkey/challenge").catch(() => null);
    if (!challenge?.ok) return this.#refused(challenge);
    const { token, options } = await challenge.json();
    const answer = await use(options).catch(() => null);
    if (answer) await this.#send("/sign-in/passkey", { token, answer });
  }

  async #send(address, fields) {
    this.#say("");
    const answer = await post(address + "?lang=" + document.documentElement.lang, fields).catch(() => null);
    if (answer?.status === 403 && (await renew(this.page).catch(() => false))) return this.#enter(); // signed in elsewhere meanwhile
    if (!answer?.ok) return this.#refused(answer);
    const told = await answer.json();
    if (told.second) return this.#askForCode(told.second);
    if (told.person !== this.dialog.dataset.person) return this.#say(this.dialog.dataset.other);
    adopt(told.csrf);
    this.#enter();
  }

  // settle closes the dialog when it has become needless: the person signed in
  // elsewhere.
  settle() {
    this.later = false;
    if (!this.dialog?.open) return;
    this.entered = true;
    this.dialog.close();
  }

  #enter() {
    this.settle();
    this.done();
  }

  #askForCode(token) {
    this.token = token;
    this.first.hidden = true;
    this.second.hidden = false;
    this.second.elements.code.focus();
  }

  async #refused(answer) {
    const { error, fields, code } = (await answer?.json().catch(() => null)) ?? {};
    if (code === "not_possible" && !this.second.hidden) this.#begin(); // it took too long
    const field = fields && Object.values(fields)[0];
    this.#say(field || error || document.querySelector("[data-autosave-status]").dataset.offline);
  }
}
