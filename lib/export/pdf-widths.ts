export interface WantedWidth {
  /** Whether its cells may be of any length. All others hold instants, numbers and the like, and are never cut. */
  isText: boolean;
  /** The widest word of the header. */
  least: number;
  /** What the header and every cell need on one line. */
  full: number;
}

/**
 * The widths of a table's columns on a page, in the unit given.
 *
 * What is of a known length gets all it needs. Texts share the rest: short ones get what they need, and only those
 * longer than an equal share are wrapped, so that one long name cannot squeeze its neighbours. Where not even that
 * fits, all columns share in this way.
 */
export function pdfColumnWidths(wanted: readonly WantedWidth[], available: number): number[] {
  const fixed = wanted.reduce((sum, { isText, full }) => sum + (isText ? 0 : full), 0);
  const leastOfTexts = wanted.reduce((sum, { isText, least }) => sum + (isText ? least : 0), 0);
  if (fixed + leastOfTexts > available) return shareOut(wanted, available);
  const shares = shareOut(
    wanted.filter(({ isText }) => isText),
    available - fixed,
  );
  return wanted.map(({ isText, full }) => (isText ? shares.shift()! : full));
}

/** Each what it needs, or an equal share of what those that need less leave. */
function shareOut(wanted: readonly WantedWidth[], available: number): number[] {
  const widths = wanted.map(() => 0);
  const byNeed = wanted.map((_, at) => at).toSorted((a, b) => wanted[a]!.full - wanted[b]!.full);
  let left = available;
  byNeed.forEach((at, position) => {
    widths[at] = Math.min(wanted[at]!.full, left / (byNeed.length - position));
    left -= widths[at];
  });
  return widths;
}
