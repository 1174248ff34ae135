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
