// pointing lets a click on a picture fill in the fields of its motif, and shows
// where that is. Without the fields (for who may not say it) nothing happens.
export function pointing(picture, hint) {
  const [x, y] = ["focus_x", "focus_y"].map((name) => document.querySelector(`[name=${name}]`));
  if (!picture || !x || !y) return;
  const [upright, level] = picture.parentElement.querySelectorAll("line");
  const show = () => {
    for (const end of ["x1", "x2"]) upright.setAttribute(end, x.value);
    for (const end of ["y1", "y2"]) level.setAttribute(end, y.value);
  };
  picture.parentElement.classList.add("pointing");
  if (hint) hint.hidden = false;
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    x.value = Math.round((100 * (event.clientX - box.left)) / box.width);
    y.value = Math.round((100 * (event.clientY - box.top)) / box.height);
    show();
  });
  for (const field of [x, y]) field.addEventListener("input", show);
}
