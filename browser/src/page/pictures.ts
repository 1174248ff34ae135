// Pictures that are shown smaller than they are can be enlarged, by click and by key.

import { translate } from "../messages/notegen.ts";

/** How much larger than shown a picture must be for that to be worth a click. */
const MIN_ENLARGEMENT = 1.15;

/** Makes buttons of such pictures, as they load. */
export function startPictures(): void {
  const pictures = document.querySelectorAll<HTMLImageElement>(".prose img");
  for (const picture of pictures) {
    if (picture.closest("a, button")) continue;
    if (picture.complete) offer(picture);
    else picture.addEventListener("load", () => offer(picture), { once: true });
  }
}

function offer(picture: HTMLImageElement): void {
  if (!picture.clientWidth || picture.naturalWidth < picture.clientWidth * MIN_ENLARGEMENT) return;
  picture.classList.add("zoomable");
  picture.tabIndex = 0;
  picture.setAttribute("role", "button");
  picture.setAttribute(
    "aria-label",
    picture.alt ? translate("enlarge", { picture: picture.alt }) : translate("enlarge_it"),
  );
}
