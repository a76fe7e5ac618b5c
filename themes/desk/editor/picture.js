// Shows the chosen picture before it is sent. One that is larger than the
// newsroom takes (data-max-bytes) is said at the field and not sent at all.

export function preview(input, place, wrong) {
  let address = null;
  input.addEventListener("change", () => {
    if (address) URL.revokeObjectURL(address);
    const tooLarge = input.files[0]?.size > Number(input.dataset.maxBytes);
    if (tooLarge) input.value = "";
    wrong.hidden = !tooLarge;
    const [file] = input.files;
    address = file && /^image\/(jpeg|png|webp|gif)$/.test(file.type) ? URL.createObjectURL(file) : null;
    place.hidden = !address;
    if (address) place.src = address;
    else place.removeAttribute("src");
  });
}
