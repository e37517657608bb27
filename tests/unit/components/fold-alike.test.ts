import { expect, it } from "vitest";
import { foldAlike } from "@/components/alerts/fold-alike";
import type { EventRow } from "@/lib/domain/events/event-row";

let id = 0;

/** A failed logon of anna on PC-1 from 203.0.113.7, each a second after the one before. */
function failure(changes: Partial<EventRow> = {}): EventRow {
  id += 1;
  const event = { kind: "logon_failed", eventType: "4625", userName: "anna", computerName: "PC-1" };
  const source = { status: "0xC000006D", subStatus: "0xC000006A", sourceIp: "203.0.113.7", localIp: null };
  return { ...event, ...source, id, occurredAt: id * 1000, ...changes } as EventRow;
}

const idsOf = (events: readonly EventRow[]) =>
  foldAlike(events).map(({ shown, folded }) => [shown.id, folded.length]);

it("folds four and more alike events into the first of them", () => {
  const events = [failure(), failure(), failure(), failure()];
  expect(foldAlike(events)).toEqual([{ shown: events[0], folded: events.slice(1) }]);
});

it("shows up to three, and none for none", () => {
  const events = [failure(), failure(), failure()];
  expect(idsOf(events)).toEqual(events.map((event) => [event.id, 0]));
  expect(foldAlike([])).toEqual([]);
});

it.each<Partial<EventRow>>([
  { kind: "lockout" },
  { userName: "bert" },
  { computerName: "PC-2" },
  { subStatus: "0xC0000064" },
  { sourceIp: "203.0.113.8" },
  { sourceIp: "-", localIp: "10.0.0.5" },
])("shows an event that differs by %j between them, and keeps the order", (changes) => {
  const before = [failure(), failure(), failure(), failure()];
  const other = failure(changes);
  const after = [failure(), failure(), failure(), failure(), failure()];
  expect(idsOf([...before, other, ...after])).toEqual([
    [before[0]!.id, 3],
    [other.id, 0],
    [after[0]!.id, 4],
  ]);
});
