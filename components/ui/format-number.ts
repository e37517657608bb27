import { readerLocale } from "@/lib/reader";

const formats = new Map<string, Intl.NumberFormat>();

/** `1,234` or `1.234`, as the reader writes numbers, with at most so many places. */
export function formatNumber(value: number, places = 0): string {
  const name = `${readerLocale()} ${places}`;
  const known = formats.get(name);
  const format = known ?? new Intl.NumberFormat(readerLocale(), { maximumFractionDigits: places });
  if (!known) formats.set(name, format);
  return format.format(value);
}
