// Says to the newsroom that this page has an edition open, and whether something
// was changed here that is not saved, so that others are told (app/newsroom,
// presence.go). Nothing is locked by it.
import { post } from "./newsroom.js";

const beat = 20_000; // ms; the newsroom believes a page for a little over a minute
const pause = 500; // ms after typing until it is looked whether that changed anything

export function presence(address, isWriting) {
  const page = Math.random().toString(36).slice(2);
  let writing = null;
  let beating, looking;

  const tell = (news) => post(address, { page, ...news }).catch(() => {}); // the next beat tells it
  const say = () => void tell({ writing: String((writing = isWriting())) });
  const begin = () => {
    clearInterval(beating);
    beating = setInterval(say, beat);
    say();
  };

  document.addEventListener("input", () => {
    if (writing) return;
    clearTimeout(looking);
    looking = setTimeout(() => isWriting() && say(), pause);
  });
  addEventListener("pagehide", () => {
    clearInterval(beating);
    clearTimeout(looking);
    void tell({ left: "1" });
  });
  addEventListener("pageshow", (event) => event.persisted && begin());
  begin();
}
