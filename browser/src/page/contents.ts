// Marks, in a note's table of contents, the section that is being read, and keeps them at hand in a narrow window.

/** How much of the window, from the top, a heading must have entered to be the current one. */
const READ = 0.3;

/** Follows the headings that the contents list. */
export function startContents(): void {
  const list = document.querySelector<HTMLElement>(".toc");
  const links = new Map<Element, HTMLElement>();
  for (const link of list?.querySelectorAll<HTMLAnchorElement>("a") ?? []) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  if (!list || links.size === 0) return;
  keepAtHand(list);
  const passed = new Set<Element>();
  let current: HTMLElement | undefined;
  const watcher = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes)
        if (isIntersecting) passed.add(target);
        else passed.delete(target);
      let link: HTMLElement | undefined;
      for (const [heading, one] of links) if (passed.has(heading)) link = one;
      if (link === current) return;
      current?.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "true");
      current = link;
      if (link) bringIntoSight(list, link);
    },
    // What is far above the window counts too: a heading is passed, or it is not, however fast one scrolls.
    { rootMargin: `1000000px 0px ${-100 * (1 - READ)}% 0px` },
  );
  for (const heading of links.keys()) watcher.observe(heading);
}

/** Scrolls the list where it scrolls by itself, and never the page. */
function bringIntoSight(list: HTMLElement, link: HTMLElement): void {
  const room = list.getBoundingClientRect();
  const { top, bottom } = link.getBoundingClientRect();
  if (top < room.top) list.scrollTop -= room.top - top;
  else if (bottom > room.bottom) list.scrollTop += bottom - room.bottom;
}

/**
 * Where the contents stand above the text, their closed row comes with the bar on top once it has been scrolled past.
 * Opened there they lie over the text, which stays where it is; what is chosen closes them.
 */
function keepAtHand(contents: HTMLElement): void {
  const row = contents.querySelector("summary");
  const isAway = () => scrollY > 0 && contents.getBoundingClientRect().top <= stuckAt(contents) + 1;
  row?.addEventListener("click", () => {
    if (!contents.hasAttribute("open")) contents.classList.toggle("overlay", isAway());
  });
  const close = () => {
    if (!contents.classList.contains("overlay")) return;
    contents.removeAttribute("open");
    contents.classList.remove("overlay");
  };
  contents.addEventListener(
    "toggle",
    () => contents.hasAttribute("open") || contents.classList.remove("overlay"),
  );
  contents.addEventListener("click", ({ target }) => (target as Element).closest("a") && close());
  document.addEventListener("click", ({ target }) => contents.contains(target as Node) || close());
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !contents.classList.contains("overlay")) return;
    close();
    row?.focus();
  });
}

function stuckAt(element: Element): number {
  const { position, top } = getComputedStyle(element);
  return position === "sticky" ? Number.parseFloat(top) : Number.NEGATIVE_INFINITY;
}
