// Keeps the pages that a reader has opened, for when there is no connection.
// The network always comes first: what was corrected is seen corrected, and
// what was withdrawn is forgotten. A kept page says of when it is.
"use strict";
const pages = "pages", files = "files";
const mostPages = 60, mostFiles = 200;

const trim = async (cache, most) => {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
};

// keep puts an answer last, so that the oldest go first.
const keep = async (name, most, request, answer) => {
  const cache = await caches.open(name);
  await cache.delete(request);
  await cache.put(request, answer);
  await trim(cache, most);
};

// marked is a kept page that says so.
const marked = async (kept) => {
  const text = await kept.text();
  const lang = kept.headers.get("Content-Language") || "vi";
  const at = new Date(kept.headers.get("Date") || Date.now());
  const said = new Intl.DateTimeFormat(lang, { dateStyle: "short", timeStyle: "short" }).format(at);
  const body = text.replace('<p class="banner saved" hidden>', '<p class="banner saved" role="status">')
    .replace('<span class="saved-at"></span>', `<time datetime="${at.toISOString()}">${said}</time>`);
  return new Response(body, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": kept.headers.get("Content-Security-Policy") } });
};

// settle keeps a page, or forgets it.
const settle = async (request, answer) => {
  if (answer.status === 404 || answer.status === 410) await (await caches.open(pages)).delete(request, { ignoreVary: true });
  else if (answer.ok && !answer.redirected && !(answer.headers.get("Cache-Control") || "").includes("no-store")) await keep(pages, mostPages, request, answer);
};

const page = async (event) => {
  const { request } = event;
  let answer;
  try {
    answer = await fetch(request);
  } catch (offline) {
    const kept = await (await caches.open(pages)).match(request, { ignoreVary: true });
    if (kept) return marked(kept);
    throw offline;
  }
  event.waitUntil(settle(request, answer.clone()));
  return answer;
};

// A theme's file never changes under its address; a picture may be withdrawn.
const file = async (event) => {
  const { request } = event;
  const cache = await caches.open(files);
  const forever = new URL(request.url).pathname.startsWith("/-/assets/");
  if (forever) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
  }
  try {
    const answer = await fetch(request);
    if (answer.status === 200) event.waitUntil(keep(files, mostFiles, request, answer.clone()));
    else if (answer.status === 404 || answer.status === 410) event.waitUntil(cache.delete(request, { ignoreVary: true }));
    return answer;
  } catch (offline) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw offline;
  }
};

addEventListener("install", () => skipWaiting());
// The page that brought this worker came without it, and is kept all the same.
const begin = async () => {
  await clients.claim();
  for (const client of await clients.matchAll({ type: "window" })) {
    const request = new Request(client.url);
    const answer = await fetch(request).catch(() => undefined);
    if (answer) await settle(request, answer);
  }
};

addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (["style", "font", "image", "script"].includes(request.destination) && !request.headers.has("Range")) event.respondWith(file(event));
});
