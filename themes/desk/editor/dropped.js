// A text that a person dropped stays on this device until the tab is closed,
// and can be taken back.
import { tab } from "./memory.js";

export class Dropped {
  constructor(page) {
    this.key = "desk.dropped." + page.dataset.key;
    this.banner = document.querySelector("[data-dropped]");
  }

  remember(text) {
    if (text) tab.remember(this.key, text);
  }

  // show says at once that there is a way back.
  show(text) {
    this.remember(text);
    this.#update();
  }

  // offer shows the way back, if there is one. takeBack puts a text back and
  // answers what stood there instead, which can be taken back in turn.
  offer(takeBack) {
    this.#update();
    this.banner?.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-undo], [data-close]");
      if (!button) return;
      const text = tab.recall(this.key);
      const instead = "undo" in button.dataset && text ? await takeBack(text) : null;
      tab.forget(this.key);
      this.show(instead);
    });
  }

  #update() {
    if (this.banner) this.banner.hidden = !tab.recall(this.key);
  }
}
