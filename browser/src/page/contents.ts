// Marks, in a note's table of contents, the section that is being read.

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
