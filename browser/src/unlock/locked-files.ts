// Pictures, sounds, films and other files that only encrypted notes show: decrypted when they come into sight.

const KINDS: Record<string, string> = {
  svg: "image/svg+xml",
  pdf: "application/pdf",
};

/** The file as the page may show it. */
type Bring = (url: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** Shows those of the page, and saves a file whose link is followed. */
export function showLockedFiles(bring: Bring): void {
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        void show(target as HTMLElement, bring);
      }
    },
    { rootMargin: "50%" },
  );
  for (const place of document.querySelectorAll<HTMLElement>("[data-locked]:not(a)")) {
    if (place.localName === "source")
      void show(place, bring); // It has no place on the page.
    else seen.observe(place);
  }
  // Before any other listener: what the link says it leads to is not there.
  const save = (event: Event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-locked]");
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void saveFile(link, bring);
  };
  document.addEventListener("click", save, true);
  document.addEventListener("auxclick", save, true);
}

async function show(place: HTMLElement, bring: Bring): Promise<void> {
  const address = await addressOf(place.dataset.locked ?? "", bring);
  if (!address) return;
  (place as HTMLImageElement | HTMLMediaElement).src = address;
  const player = place.closest<HTMLMediaElement>("audio, video");
  if (player && player !== place) player.load();
}

/** A file is never opened: as a document of the site's it could run scripts. */
async function saveFile(link: HTMLAnchorElement, bring: Bring): Promise<void> {
  const url = link.dataset.locked ?? "";
  const address = await addressOf(url, bring);
  if (!address) return;
  const saving = document.createElement("a");
  saving.href = address;
  saving.download = link.download || url.slice(url.lastIndexOf("/") + 1);
  saving.click();
}

async function addressOf(url: string, bring: Bring): Promise<string | undefined> {
  const bytes = await bring(url);
  const suffix = url.slice(url.lastIndexOf(".") + 1).toLowerCase();
  return bytes && URL.createObjectURL(new Blob([bytes], { type: KINDS[suffix] ?? "" }));
}
