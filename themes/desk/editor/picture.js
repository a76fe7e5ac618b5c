// Shows the chosen picture before it is sent.

export function preview(input, place) {
  let address = null;
  input.addEventListener("change", () => {
    if (address) URL.revokeObjectURL(address);
    const [file] = input.files;
    address = file && /^image\/(jpeg|png|webp|gif)$/.test(file.type) ? URL.createObjectURL(file) : null;
    place.hidden = !address;
    if (address) place.src = address;
    else place.removeAttribute("src");
  });
}
