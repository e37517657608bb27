import { series } from "./series";
import type { SentEvent } from "./stored-events";

const MINUTE = 60_000;

/** Eighty days of four people at their computers, with visits, odd hours, a spree, an absence and guesses, some out of order. */
export function longTime(seed: number): SentEvent[] {
  const random = series(seed);
  const people = ["anna", "bert", "cora", "dora"];
  const from = Date.now() - 81 * 24 * 60 * MINUTE;
  const sent: SentEvent[] = [];
  for (let day = 0; day < 80; day += 1) {
    const at = (hour: number) => from + (day * 24 + hour) * 60 * MINUTE + Math.round(random() * 20) * MINUTE;
    people.forEach((user, place) => {
      const isVisit = random() < 0.04;
      const computer = isVisit ? `PC-${Math.floor(random() * 9)}` : `PC-${place}`;
      const start = random() < 0.04 ? random() * 24 : 9;
      sent.push({ type: "logon", user, computer, at: at(start) });
      sent.push({ type: "unlock", user, computer, at: at(start + 4) });
      if (random() < 0.9) sent.push({ type: "logoff", user, computer, at: at(start + 8) });
    });
    if (day === 2 || day === 70) sent.push({ type: "logon", user: "zoe", computer: "PC-8", at: at(10) });
    if (day === 75) {
      for (let place = 4; place < 8; place += 1)
        sent.push({ type: "logon", user: "anna", computer: `PC-${place}`, at: at(11) });
    }
    if (day % 20 === 7) {
      for (let guess = 0; guess < 6; guess += 1)
        sent.push({ type: "logon_failed", user: "bert", computer: "PC-1", at: at(12) });
    }
  }
  // Each waits for up to four that follow it.
  return sent
    .map((event, place) => ({ event, place: place + (random() < 0.2 ? random() * 4 : 0) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ event }) => event);
}
