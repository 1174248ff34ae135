// The bar on top goes while one scrolls down, and comes back with the first movement up: nothing else moves by it.

const STEP = 6; // pixels within which a finger only trembles

/** Follows the page's scrolling; without scripts the bar stays at the top of the page. */
export function startHeader(): void {
  const header = document.querySelector<HTMLElement>(".site-head");
  if (!header) return;
  let before = Math.max(0, scrollY);
  const show = (away: boolean) => header.classList.toggle("away", away);
  // A page that opens at a place in its middle opens without it.
  show(before > header.offsetHeight);
  const follow = () => {
    // Some browsers let a page be pulled beyond its ends.
    const most = document.documentElement.scrollHeight - innerHeight;
    const now = Math.min(Math.max(0, scrollY), Math.max(0, most));
    if (Math.abs(now - before) < STEP && now > 0) return;
    header.classList.add("moving");
    show(now > before && now > header.offsetHeight);
    before = now;
  };
  addEventListener("scroll", follow, { passive: true });
}
