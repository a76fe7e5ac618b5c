// Forms that a passkey answers: signing in, proving who one is, adding a key.
// The form says where the challenge comes from; script fills in the answer and
// sends it as any other form.
import { post } from "./newsroom.js";
import { make, possible, use } from "./webauthn.js";

for (const form of document.querySelectorAll("form[data-passkey]")) offer(form);
document.querySelector("[data-without-script]")?.remove();
document.documentElement.dataset.passkeys = "ready";

function offer(form) {
  form.hidden = false;
  const says = (name) => form.querySelector(`[data-${name}]`);
  const here = location.origin === form.dataset.origin;
  if (!possible() || !here) {
    // A passkey belongs to one address; at another one the device would refuse.
    for (const element of form.querySelectorAll("button, .field")) element.hidden = true;
    says(here ? "unable" : "elsewhere").hidden = false;
    return;
  }
  let answered = false;
  form.addEventListener("submit", async (event) => {
    if (answered) return;
    event.preventDefault();
    for (const name of ["gave-up", "known"]) says(name).hidden = true;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const challenge = await post(form.dataset.passkey);
      if (challenge.status === 403) return proveFirst();
      const { token, options } = await challenge.json();
      const answer = await ("make" in form.dataset ? make : use)(options);
      if (!answer) return (says("gave-up").hidden = false);
      form.querySelector("[data-token]").value = token;
      form.querySelector("[data-answer]").value = answer;
      answered = true;
      form.submit();
    } catch (error) {
      says(error.name === "InvalidStateError" ? "known" : "gave-up").hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}

// proveFirst asks the person who they are and comes back here.
function proveFirst() {
  location.assign("/proof?next=" + encodeURIComponent(location.pathname));
}
