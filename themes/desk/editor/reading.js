// The page of an edition on which nothing is written: its buttons ask when a
// text waits that is not saved, and a dropped one can be taken back.
import { guard } from "./ask.js";
import { Dropped } from "./dropped.js";
import { post } from "./newsroom.js";
import { isOffered, restore } from "./offer.js";

export function reading(page) {
  const stored = page.dataset.stored ? JSON.parse(page.dataset.stored) : null;
  const dropped = new Dropped(page);

  guard(isOffered, restore, async () => {
    const answer = await post(page.dataset.discard).catch(() => null);
    if (answer?.ok) dropped.remember(stored);
    return Boolean(answer?.ok);
  });
  document.querySelector("form[data-discards]")?.addEventListener("submit", () => dropped.remember(stored));
  dropped.offer(async (text) => {
    const answer = await post(page.dataset.autosave, text).catch(() => null);
    if (answer?.ok) location.assign("?restore=1");
    return answer?.ok ? null : text;
  });
  document.documentElement.dataset.desk = "ready";
}
