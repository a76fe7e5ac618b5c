// How script speaks to the newsroom: with the token of the person's session.

const patience = 20_000; // ms to wait for an answer
const keepaliveLimit = 60_000; // bytes that may follow a page that is closing

// post gives up after a while, or when signal says so.
export function post(address, text = {}, signal = null) {
  const body = JSON.stringify(text);
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token().content },
    body,
    keepalive: new Blob([body]).size < keepaliveLimit,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)].filter(Boolean)),
  });
}

// call sends what is no form: bytes, or nothing. It is given up after a while,
// or when signal says so.
export function call(method, address, body, signal, time = patience) {
  return fetch(address, {
    method,
    headers: { "Content-Type": "application/octet-stream", Accept: "application/json", "X-CSRF-Token": token().content },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(time)]),
  });
}

// renew takes the token of a new session of the same person, who signed in
// again elsewhere.
export async function renew(page) {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(patience) });
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (other.querySelector("[data-key]")?.dataset.key !== page.dataset.key) return false;
  adopt(token(other).content);
  return true;
}

// adopt goes on with the token of a new session.
export function adopt(fresh) {
  token().content = fresh;
  for (const input of document.querySelectorAll("input[name=csrf]")) input.value = fresh;
}

const token = (page = document) => page.querySelector("meta[name=csrf-token]");
