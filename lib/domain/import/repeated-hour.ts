/** A row whose stored time the clocks showed twice. */
export interface RepeatedRow {
  id: number;
  /** What the wall clock showed, as epoch milliseconds. */
  local: number;
  /** The first of its two instants; rows of one night are those whose two instants surround the same change. */
  earlier: number;
  later: number;
}

export interface SettledHour {
  /** Ids whose instant is the later one; every other row has the earlier one. */
  laterIds: Set<number>;
  /** Ids whose order does not prove which of the two it is: what was chosen for them is a guess. */
  doubtfulIds: number[];
}

/** A step back on the clock shorter than this may also be an event that was sent late. */
const LATE_MS = 5 * 60_000;

/**
 * Tells the first from the second passing of a repeated hour by the order of ids, the order of arrival: the wall
 * clock runs through the hour, steps back, and runs through it again.
 *
 * The step is put where the fewest pairs of rows on either side stand in the wrong order. Where several places
 * fit equally well (no step back at all: every one), what lies between them is taken for the earlier instant and
 * is doubtful. Doubtful too: all after a step of under five minutes, and on either side of the step a row that is more
 * than five minutes behind an earlier one of its side, because it may have been sent late, or be of the other side.
 */
export function settleRepeatedHour(unsorted: readonly RepeatedRow[]): SettledHour {
  const rows = [...unsorted].sort((a, b) => a.id - b.id);
  const settled: SettledHour = { laterIds: new Set(), doubtfulIds: [] };
  for (const night of splitByNight(rows)) settleNight(night, settled);
  return settled;
}

function splitByNight(rows: readonly RepeatedRow[]): RepeatedRow[][] {
  const nights: { rows: RepeatedRow[]; from: number; to: number }[] = [];
  for (const row of rows) {
    const night = nights.find(({ from, to }) => row.earlier < to && row.later > from);
    if (!night) nights.push({ rows: [row], from: row.earlier, to: row.later });
    else night.rows.push(row);
  }
  return nights.map((night) => night.rows);
}

function settleNight(rows: readonly RepeatedRow[], settled: SettledHour): void {
  const before = inversionsOfPrefixes(rows.map((row) => row.local));
  const after = inversionsOfPrefixes(rows.map((row) => -row.local).reverse());
  const cost = (step: number) => before[step]! + after[rows.length - step]!;
  let best = Infinity;
  let [first, last] = [0, 0];
  for (let step = 0; step <= rows.length; step += 1) {
    if (cost(step) < best) [best, first] = [cost(step), step];
    if (cost(step) === best) last = step;
  }
  let newest = -Infinity;
  const back = last > 0 && last < rows.length ? rows[last - 1]!.local - rows[last]!.local : 0;
  rows.forEach((row, place) => {
    if (place === last) newest = -Infinity;
    const isLater = place >= last;
    if (isLater) settled.laterIds.add(row.id);
    const isBehind = row.local < newest - LATE_MS;
    if (isBehind || (isLater ? back < LATE_MS : place >= first)) settled.doubtfulIds.push(row.id);
    newest = Math.max(newest, row.local);
  });
}

/** How many pairs stand in the wrong order among the first 0, 1, … all values; equal values are in order. */
function inversionsOfPrefixes(values: readonly number[]): number[] {
  const ranks = new Map([...new Set(values)].sort((a, b) => a - b).map((value, rank) => [value, rank + 1]));
  const tree = Array.from({ length: ranks.size + 1 }, () => 0);
  const sums = [0];
  values.forEach((value, place) => {
    let notGreater = 0;
    for (let node = ranks.get(value)!; node > 0; node -= node & -node) notGreater += tree[node]!;
    sums.push(sums.at(-1)! + place - notGreater);
    for (let node = ranks.get(value)!; node < tree.length; node += node & -node) tree[node]! += 1;
  });
  return sums;
}
