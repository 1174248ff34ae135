// What is added to things of a page that may be there by the hundred, such as a button on each block of code: only to
// those that a reader comes near to. On a page with 400 of them all at once were a third of the time that it took.

/** How far beyond the window, in its own sizes, so that what is added is there before it is seen. */
const BEYOND = "200%";

/**
 * Does something once to each element that comes near to the window, and to all that are left once Tab is pressed, which
 * goes from one to the next wherever they are.
 */
export function whenNear<One extends Element>(elements: Iterable<One>, act: (element: One) => void): void {
  const left = new Set(elements);
  const take = (one: One) => {
    watcher.unobserve(one);
    if (left.delete(one)) act(one);
  };
  const watcher = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) if (isIntersecting) take(target as One);
    },
    { rootMargin: `${BEYOND} 0px` },
  );
  for (const one of left) watcher.observe(one);
  const takeAll = ({ key }: KeyboardEvent) => {
    if (key !== "Tab") return;
    document.removeEventListener("keydown", takeAll, true);
    for (const one of left) take(one);
  };
  document.addEventListener("keydown", takeAll, true);
}
