const STEPS = [1, 2, 5, 10];

/**
 * Round values for an axis from 0 on: steps of 1, 2 or 5 times a power of ten, about `count` of them, whole numbers
 * only, the last one at or above `max`.
 */
export function roundTicks(max: number, count = 4): number[] {
  const rough = Math.max(max, 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, STEPS.find((candidate) => candidate * power >= rough)! * power);
  return Array.from({ length: Math.ceil(Math.max(max, 1) / step) + 1 }, (_, place) =>
    Math.round(place * step),
  );
}
