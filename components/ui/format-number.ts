import { readerLocale } from "@/lib/reader";

const formats = new Map<string, Intl.NumberFormat>();

function formatAs(value: number, options: Intl.NumberFormatOptions): string {
  const name = `${readerLocale()} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  const format = known ?? new Intl.NumberFormat(readerLocale(), options);
  if (!known) formats.set(name, format);
  return format.format(value);
}

/** `1,234` or `1.234`, as the reader writes numbers, with at most so many places. */
export function formatNumber(value: number, places = 0): string {
  return formatAs(value, { maximumFractionDigits: places });
}

/** `1234.50` or `1234,50`, with just so many places. */
export function formatFixed(value: number, places: number): string {
  return formatAs(value, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    useGrouping: false,
  });
}

/** `1.2K` or `1200`, for an axis. */
export function formatCompact(value: number): string {
  return formatAs(value, { notation: "compact", maximumFractionDigits: 1 });
}
