/**
 * Spans of time as `[from, to, from, to, …]` in epoch milliseconds, ascending, apart from one another.
 *
 * Flat numbers instead of objects, because a year of a company is millions of them.
 */
export type Intervals = readonly number[];

function isAscending(spans: readonly number[]): boolean {
  for (let index = 2; index < spans.length; index += 2) {
    if (spans[index]! < spans[index - 2]!) return false;
  }
  return true;
}

/** A copy in the order of the beginnings. */
function ascending(spans: readonly number[]): number[] {
  const sorted = spans.slice();
  if (isAscending(spans)) return sorted;
  const starts: number[] = [];
  for (let start = 0; start < spans.length; start += 2) starts.push(start);
  // A typed array's sort makes nothing of parts that are in order, and the spans of each computer are.
  starts.sort((a, b) => spans[a]! - spans[b]!);
  starts.forEach((start, place) => {
    sorted[2 * place] = spans[start]!;
    sorted[2 * place + 1] = spans[start + 1]!;
  });
  return sorted;
}

/** Merges spans given flat and in any order; those that overlap or touch become one, empty ones vanish. */
export function unionIntervals(spans: readonly number[]): number[] {
  const merged = ascending(spans);
  let length = 0;
  for (let index = 0; index < merged.length; index += 2) {
    const from = merged[index]!;
    const to = merged[index + 1]!;
    if (to <= from) continue;
    if (length > 0 && from <= merged[length - 1]!) {
      merged[length - 1] = Math.max(merged[length - 1]!, to);
      continue;
    }
    merged[length] = from;
    merged[length + 1] = to;
    length += 2;
  }
  merged.length = length;
  return merged;
}

/** What of `whole` is not in `taken`. */
export function minusIntervals(whole: Intervals, taken: Intervals): Intervals {
  if (whole.length === 0 || taken.length === 0) return whole;
  const rest: number[] = [];
  let first = 0;
  for (let index = 0; index < whole.length; index += 2) {
    let from = whole[index]!;
    const to = whole[index + 1]!;
    while (first < taken.length && taken[first + 1]! <= from) first += 2;
    for (let cut = first; cut < taken.length && taken[cut]! < to; cut += 2) {
      if (taken[cut]! > from) rest.push(from, taken[cut]!);
      from = taken[cut + 1]!;
    }
    if (from < to) rest.push(from, to);
  }
  return rest;
}
