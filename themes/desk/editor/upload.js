// A file on its way into the library, in pieces. When the line drops it waits
// and goes on where the newsroom has it; also after the page was closed, when
// the same file is chosen again on this device.
import { device } from "./memory.js";
import { call, post } from "./newsroom.js";

const first = 256 << 10; // bytes; a slow line takes that in good time
const quick = 2000; // ms: a piece that takes less may be followed by a larger one
const smallest = 64 << 10;
const waits = [1000, 2000, 5000, 10_000, 20_000]; // ms
const finishing = 600_000; // ms; a long film is looked through

export class Upload {
  constructor(begin, agency, file) {
    this.begin = begin;
    this.agency = agency;
    this.file = file;
    this.key = ["desk.upload", agency, file.name, file.size, file.lastModified].join(".");
    this.sent = 0;
    this.piece = first;
    this.failures = 0;
    this.stopping = new AbortController();
    this.onchange = () => {};
  }

  tell(state, more) {
    this.onchange({ state, sent: this.sent, ...more });
  }

  stop() {
    this.stopping.abort();
    this.tell("stopped");
    if (this.address) call("POST", this.address + "/stop", null, AbortSignal.timeout(waits.at(-1))).catch(() => {}); // it is swept
    device.forget(this.key);
  }

  // run brings the file and answers the page of what it became, null for one
  // that did not arrive.
  async run() {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const end = await this.#step();
        if (end) return end.page ?? null;
      } catch (trouble) {
        if (signal.aborted) break;
        if (!(trouble instanceof TypeError || trouble.name === "TimeoutError" || trouble instanceof Later)) throw trouble;
        this.tell("lost");
        this.piece = Math.max(smallest, this.piece / 2);
        this.unsure = true; // whether the piece arrived
        await this.#wait();
      }
    }
    return null;
  }

  // #step does the next thing and answers how it ended, if it did.
  async #step() {
    if (!this.address) return this.#start();
    if (this.unsure) return this.#ask();
    if (this.sent < this.file.size) return this.#send();
    this.tell("checking");
    const answer = await this.#heard(await call("POST", this.address + "/finish", null, this.stopping.signal, finishing));
    if (!answer.ok) return this.#refused(answer);
    const { page } = await answer.json();
    device.forget(this.key);
    this.tell("done", { page });
    return { page };
  }

  async #start() {
    const known = device.recall(this.key);
    if (known) {
      this.address = known;
      this.unsure = true;
      return null;
    }
    const answer = await this.#heard(await post(this.begin, { agency: this.agency, name: this.file.name, size: this.file.size }));
    if (!answer.ok) return this.#refused(answer);
    const { address, piece } = await answer.json();
    this.address = address;
    this.largest = piece;
    device.remember(this.key, address);
    return null;
  }

  // #ask learns how much the newsroom has.
  async #ask() {
    const answer = await this.#heard(await call("HEAD", this.address, null, this.stopping.signal));
    this.unsure = false;
    if (answer.status === 404) {
      device.forget(this.key); // and begins anew
      this.address = null;
      this.sent = 0;
      return null;
    }
    if (!answer.ok) return this.#refused(answer);
    this.#at(answer);
    return null;
  }

  async #send() {
    this.tell("sending");
    const began = Date.now();
    const body = this.file.slice(this.sent, this.sent + this.piece);
    const answer = await this.#heard(await call("PATCH", `${this.address}?offset=${this.sent}`, body, this.stopping.signal));
    if (answer.status !== 409 && !answer.ok) return this.#refused(answer);
    this.#at(answer);
    if (Date.now() - began < quick) this.piece = Math.min(this.largest ?? first, this.piece * 2);
    return null;
  }

  #at(answer) {
    this.sent = Number(answer.headers.get("Upload-Offset"));
    this.tell("sending");
  }

  // #heard takes an answer that the newsroom gave; one that says to come again
  // is none.
  async #heard(answer) {
    if (answer.status >= 500 || answer.status === 429) throw new Later();
    this.failures = 0;
    return answer;
  }

  async #refused(answer) {
    if (answer.status === 401) {
      this.tell("out");
      return {};
    }
    const { error } = await answer.json().catch(() => ({}));
    device.forget(this.key);
    this.tell("refused", { sentence: error });
    return {};
  }

  // #wait lets some time pass; less when the line is back before, or it is stopped.
  #wait() {
    const time = waits[Math.min(this.failures++, waits.length - 1)];
    return new Promise((done) => {
      const timer = setTimeout(done, time);
      const early = () => {
        clearTimeout(timer);
        done();
      };
      addEventListener("online", early, { once: true });
      this.stopping.signal.addEventListener("abort", early, { once: true });
    });
  }
}

// Later is an answer that says to come again.
class Later extends Error {}
