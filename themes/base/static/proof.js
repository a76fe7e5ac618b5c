// Lets the browser pay for a letter with a moment's work, so that its reader has
// no riddle to solve: it finds a number with which the SHA-256 of a challenge
// begins with zeros. The form can be sent without it.
(() => {
  "use strict";
  if (self.document) {
    const source = document.currentScript.src;
    const field = document.querySelector("[data-challenge]");
    if (!field || !self.Worker) return;
    const { form, dataset: { challenge, bits } } = field;
    const button = form.querySelector("button");
    const said = button.textContent;
    let worker, done, asked;
    const show = (text, sending) => {
      button.textContent = text;
      button.disabled = sending; // once is enough
    };
    const ready = () => show(said, false);
    const end = (found) => {
      if (found) field.value = challenge + "." + found;
      done = true;
      if (asked) form.submit();
    };
    const begin = () => {
      if (worker || done) return;
      try {
        worker = new Worker(source);
      } catch {
        return end("");
      }
      worker.onmessage = (event) => end(event.data);
      worker.onerror = () => end("");
      worker.postMessage([challenge.split(".")[4], bits]);
    };
    form.addEventListener("focusin", begin);
    form.addEventListener("submit", (event) => {
      show(button.dataset.sending, true);
      setTimeout(ready, 10_000);
      if (done) return;
      event.preventDefault();
      asked = true;
      begin();
    });
    addEventListener("pageshow", ready);
    return;
  }

  // The constants of SHA-256 are fractions of the roots of the first primes.
  const start = [], add = [], primes = [], w = new Int32Array(64);
  for (let n = 2; add.length < 64; n++) {
    if (primes.some((p) => n % p === 0)) continue;
    primes.push(n);
    if (start.length < 8) start.push((Math.sqrt(n) * 2 ** 32) | 0);
    add.push((Math.cbrt(n) * 2 ** 32) | 0);
  }
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  // first is the first word of the hash of a text of at most 55 characters.
  const first = (text) => {
    const put = (i, code) => { w[i >> 2] |= code << (24 - (i % 4) * 8); };
    w.fill(0);
    for (let i = 0; i < text.length; i++) put(i, text.charCodeAt(i));
    put(text.length, 128);
    w[15] = text.length * 8;
    let [a, b, c, d, e, f, g, h] = start;
    for (let i = 0; i < 64; i++) {
      if (i > 15) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      }
      const s = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + add[i] + w[i];
      const t = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = (d + s) | 0, d = c, c = b, b = a, a = (s + t) | 0;
    }
    return start[0] + a;
  };
  onmessage = ({ data: [text, bits] }) => {
    let n = 0;
    while (first(text + "." + n.toString(36)) >>> (32 - bits)) n++;
    postMessage(n.toString(36));
  };
})();
