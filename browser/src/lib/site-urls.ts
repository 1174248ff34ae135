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

/** The address of a page. */
export function addressIn(home: string, url: string): string {
  return home + url.split("/").map(encodeURIComponent).join("/");
}
