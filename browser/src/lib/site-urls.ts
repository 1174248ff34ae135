// Addresses within the site: a URL there counts from the root and is not percent-encoded, as in notegen/paths.py.

/** The page's URL in the site and the anchor in it; empty for an address elsewhere. */
export function partsOf(address: string, home: string): [url: string, anchor: string] {
  const [page = "", fragment = ""] = address.split("#");
  if (!page.startsWith(home)) return ["", ""];
  try {
    const url = decodeURIComponent(page.slice(home.length).replace(/\?.*/, ""));
    return [url.replace(/(^|\/)$/, "$1index.html"), decodeURIComponent(fragment)];
  } catch {
    return ["", ""]; // Somebody's own address, with a bare `%`.
  }
}

/** The URL of the open page, whatever its host made of the address: many take `index.html` away, and `.html` too. */
export function urlHere(home: string): string | undefined {
  const [url] = partsOf(location.href, home);
  return !url || /\.html?$/i.test(url) ? url || undefined : `${url}.html`;
}

/** The address of a page; of the open page the one that it has, so that a link to a place in it loads nothing. */
export function addressIn(home: string, url: string): string {
  if (url === urlHere(home)) return pageOf(location.href);
  return home + url.split("/").map(encodeURIComponent).join("/");
}

/** Whether the address is of the open page, or of a place in it. */
export function isHere(address: string, home: string): boolean {
  if (pageOf(address) === pageOf(location.href)) return true;
  const [url] = partsOf(address, home);
  return url !== "" && url === urlHere(home);
}

function pageOf(address: string): string {
  return address.replace(/[?#].*/, "");
}
