// Sorted things cut into ranges: which range holds one.

/** The index of the last of `firsts` (ascending) that is not after `value`, or -1 when all are. */
export function rangeOf<T extends string | number>(firsts: ArrayLike<T>, value: T): number {
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((firsts[middle] as T) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The parts of a text of the manifest, which are parted by spaces. */
export function split(text: string): string[] {
  return text ? text.split(" ") : [];
}
