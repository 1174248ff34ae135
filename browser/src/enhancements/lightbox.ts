// A picture as large as the window, in a dialog.

import { button, element } from "../lib/dom.ts";
import { translate } from "../messages/enhancements.ts";

/** How much larger than in the text a picture must be in the window; else, as on a phone, it opens in its own size. */
const MIN_ENLARGEMENT = 1.15;

/** Opens the picture; a click on it shows it in its own size where the window is smaller, one beside it closes. */
export function openLightbox(picture: HTMLImageElement): void {
  const dialog = element("dialog", "lightbox");
  dialog.setAttribute("aria-label", picture.alt || translate("picture"));
  const image = element("img");
  image.src = picture.currentSrc || picture.src;
  image.alt = picture.alt;
  const close = button("lightbox-close", "×", () => dialog.close());
  close.setAttribute("aria-label", translate("close"));
  dialog.append(close, image);
  dialog.addEventListener("click", ({ target }) => {
    if (target === image && image.naturalWidth > innerWidth) dialog.classList.toggle("full");
    else dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.classList.toggle("full", image.clientWidth < picture.clientWidth * MIN_ENLARGEMENT);
}
