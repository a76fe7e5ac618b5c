// A form that is on its way is not sent again by a second click. Without script
// the newsroom tells the second from the first by what the form is about.
const moment = 3000; // ms; afterwards somebody means it

export function once() {
  let last = null; // the form that was sent, with its button, and when
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // a script sends it in its own way
    const { target: form, submitter, timeStamp } = event;
    if (last?.form === form && last.submitter === submitter && timeStamp - last.timeStamp < moment) return event.preventDefault();
    last = { form, submitter, timeStamp };
  });
  addEventListener("pageshow", () => (last = null)); // coming back, it can be sent again
}
