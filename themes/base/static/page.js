// What a reader may choose or ask for. Every page is whole without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (what) => document.querySelectorAll(what);

  // Text size, contrast and background: kept in this browser, told to nobody.
  const kept = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name) || "";
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch { /* a browser that keeps nothing still shows what is chosen */ }
    return "";
  };
  for (const select of all("[data-choice]")) {
    const name = select.dataset.choice;
    const choose = (value) => {
      if (value) root.setAttribute("data-" + name, value);
      else root.removeAttribute("data-" + name);
    };
    select.value = kept(name);
    choose(select.value);
    select.addEventListener("change", () => {
      choose(select.value);
      kept(name, select.value);
    });
  }
  for (const part of all("#display, [data-print]")) part.hidden = false;
  root.classList.add("ready");

  for (const button of all("[data-print]")) button.addEventListener("click", () => print());
  for (const button of all("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.querySelector(".share .address").textContent);
      button.textContent = button.dataset.copy;
    });
  }

  // Reading aloud, where the machine has a voice for the page's language.
  const speech = window.speechSynthesis;
  const listen = document.querySelector(".listen");
  if (speech && listen) {
    const lang = root.lang;
    const voice = () => speech.getVoices().find((v) => v.lang.toLowerCase().replace("_", "-").split("-")[0] === lang);
    const offer = () => { listen.classList.toggle("offered", Boolean(voice())); };
    const start = listen.textContent;
    const stop = () => {
      speech.cancel();
      listen.textContent = start;
    };
    const read = () => {
      const parts = all(".article h1, .page-head .standfirst, .article > .body :is(h2, h3, h4, p, li, figcaption, caption)");
      listen.textContent = listen.dataset.stop;
      for (const part of parts) { // piece by piece: browsers break off long ones
        const said = new SpeechSynthesisUtterance(part.textContent);
        said.lang = lang;
        said.voice = voice();
        speech.speak(said);
      }
      const end = new SpeechSynthesisUtterance("");
      end.onend = stop;
      speech.speak(end);
    };
    listen.addEventListener("click", () => (speech.speaking ? stop() : read()));
    addEventListener("pagehide", stop);
    offer();
    speech.addEventListener?.("voiceschanged", offer);
  }

  if (navigator.serviceWorker && window.isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
})();
