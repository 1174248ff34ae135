// What a reader chose for the whole site: its theme, whether the folders stay open, whether single keys work.
//
// It is in the browser's storage. At file:// Firefox gives each page a storage of its own, so there links carry the choices,
// templates/early.js puts them into the storage of the page that they lead to, and the address is rid of them again.

import { isHere } from "./site-urls.ts";
import { store, stored } from "./storage.ts";

/** What can be chosen; templates/early.js knows these names too. */
type Choice = "theme" | "folders" | "keys";

const CHOICES: readonly Choice[] = ["theme", "folders", "keys"];
const CARRIED = "kept";

/** The key of a choice in the browser's storage. */
export const keyOf = (choice: Choice): string => `notegen-${choice}`;

/** What was chosen; undefined where nothing was. */
export function chosen(choice: Choice): string | undefined {
  return stored(keyOf(choice));
}

/** Remembers a choice for all pages of the site; undefined forgets it. */
export function choose(choice: Choice, value: string | undefined): void {
  store(keyOf(choice), value);
  // From here on links say so too, if only that it is forgotten: the next page may remember an older choice.
  document.documentElement.dataset[CARRIED] = "";
}

/** The address as a link there from this page has to be: at file:// with the reader's choices, if there are any. */
export function withChoices(address: string): string {
  const url = new URL(address, document.baseURI);
  const made = CHOICES.flatMap((choice) => {
    const value = chosen(choice);
    return value ? [`${choice}-${value}`] : [];
  });
  const isKnown = made.length > 0 || CARRIED in document.documentElement.dataset;
  if (url.protocol !== "file:" || location.protocol !== "file:" || !isKnown) return address;
  url.searchParams.set(CARRIED, made.join("."));
  return url.href;
}

/** Lets the site's links carry the choices while they are followed; never on a host, which has one storage. */
export function startCarrying(home: string): void {
  if (location.protocol !== "file:") return;
  const carry = ({ target }: Event) => {
    // One in a drawing has no address as text.
    const link = (target as Element | null)?.closest?.<HTMLAnchorElement | SVGAElement>("a[href]");
    const plain = link?.getAttribute("href");
    if (!link || !plain || !URL.canParse(plain, document.baseURI)) return;
    const { href } = new URL(plain, document.baseURI);
    if (!href.startsWith(home) || !/\.html([?#]|$)/.test(href)) return;
    const address = withChoices(href);
    if (address === href || isHere(href, home)) return;
    link.setAttribute("href", address);
    // The browser has read it by then, and nobody else finds another address than the page's own.
    setTimeout(() => link.setAttribute("href", plain));
  };
  for (const name of ["click", "auxclick", "contextmenu"]) addEventListener(name, carry, true);
}
