/** One measured figure beside what it is measured against. Texts are ready to print. */
export interface Figure {
  name: string;
  value: string;
  floor: string;
  ratio: string;
  target: string;
  isMet: boolean | null;
}

const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

export function perSecond(value: number): string {
  return `${number.format(value)}/s`;
}

/** A figure that must reach `target` times its floor. */
export function ratioFigure(name: string, value: number, floor: number, target: number): Figure {
  const ratio = value / floor;
  return {
    name,
    value: perSecond(value),
    floor: perSecond(floor),
    ratio: ratio.toFixed(2),
    target: `≥ ${target.toFixed(target * 10 === Math.round(target * 10) ? 1 : 2)}`,
    isMet: ratio >= target,
  };
}

/** A figure that must stay below a limit. */
export function limitFigure(name: string, value: number, limit: number, unit: string): Figure {
  const spelled = value.toFixed(value < 100 ? 1 : 0);
  return {
    name,
    value: `${spelled} ${unit}`,
    floor: "",
    ratio: "",
    target: `< ${limit} ${unit}`,
    isMet: value < limit,
  };
}

/** A figure for information, without a target. */
export function plainFigure(name: string, value: string): Figure {
  return { name, value, floor: "", ratio: "", target: "", isMet: null };
}

/** The middle one; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}

/** The figures as a table of plain text. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ["figure", "value", "floor", "ratio", "target", ""];
  const rows = figures.map((figure) => [
    figure.name,
    figure.value,
    figure.floor,
    figure.ratio,
    figure.target,
    figure.isMet === null ? "" : figure.isMet ? "met" : "NOT MET",
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  ");
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** A time in milliseconds beside that of a plain count(*) of the same rows. */
export function besideCount(name: string, value: number, count: number, limit: number | null): Figure {
  const spell = (ms: number) => `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
  return {
    name,
    value: spell(value),
    floor: spell(count),
    ratio: (value / count).toFixed(2),
    target: limit === null ? "" : `< ${limit} ms`,
    isMet: limit === null ? null : value < limit,
  };
}

/** Growth of a process; null where the system does not tell. */
export function memoryFigure(name: string, mebibytes: number | null, limit: number | null): Figure[] {
  if (mebibytes === null) return [plainFigure(name, "unknown on this system")];
  if (limit === null) return [plainFigure(name, `${mebibytes.toFixed(0)} MiB`)];
  return [limitFigure(name, mebibytes, limit, "MiB")];
}
