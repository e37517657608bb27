import { series } from "./series";
import type { SentEvent } from "./stored-events";

const MINUTE = 60_000;

/** A day in which a few accounts and addresses do everything the rules look for, much of it late and out of order. */
export function busyDay(seed: number, count: number, until = Date.now()): SentEvent[] {
  const random = series(seed);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  const from = until - 10 * 60 * MINUTE;
  return Array.from({ length: count }, (_, place) => {
    const type = pick([
      "logon_failed",
      "logon_failed",
      "logon_failed",
      "logon",
      "unlock",
      "lockout",
      "logoff",
    ]);
    return {
      type,
      user: pick([
        "anna",
        "anna",
        "anna",
        "anna",
        "bert",
        "cora",
        "dora",
        "emil",
        "fritz",
        "gina",
        "hans",
        "ida",
      ]),
      computer: pick(["PC-1", "PC-2", "PC-3"]),
      at: Math.round(from + (place + (random() < 0.3 ? -random() * 90 : 0)) * 0.3 * MINUTE),
      fields:
        type === "logon_failed"
          ? {
              SourceIP: pick(["10.0.0.1", "10.0.0.2", "-"]),
              SubStatus: pick(["0xC000006A", "0xC000006A", "0xC000006A", "0xC0000064", "0xC0000072"]),
            }
          : {},
    };
  });
}
