import { expect, it } from "vitest";
import { mergeFeed, newest } from "@/components/dashboard/merge-feed";
import type { LiveEvent } from "@/lib/domain/events/live-event";

const SECOND = 1_000;
const READ_AT = Date.UTC(2026, 0, 1, 12);

function row(id: number, receivedAt: number, of: Partial<LiveEvent> = {}): LiveEvent {
  return {
    companyId: 1,
    id,
    occurredAt: receivedAt,
    receivedAt,
    kind: "logon",
    eventType: "Logon",
    accountId: 1,
    computerId: 1,
    userName: "anna",
    computerName: "PC-1",
    siteName: "HO",
    localIp: null,
    publicIp: null,
    isClockSkewed: false,
    ...of,
  };
}

const idsOf = (rows: readonly LiveEvent[]) => rows.map(({ companyId, id }) => `${companyId}/${id}`);

it("shows what came since the page was read before what was read with it", () => {
  const read = [row(2, READ_AT - SECOND), row(1, READ_AT - 60 * SECOND)];
  const heard = [row(3, READ_AT + SECOND), row(2, READ_AT - SECOND)];
  expect(idsOf(mergeFeed(read, heard, READ_AT))).toEqual(["1/3", "1/2", "1/1"]);
});

it("drops what a newer reading no longer has: deleted events, and those of a company that was lost", () => {
  const heard = [row(9, READ_AT), row(4, READ_AT, { companyId: 2 })];
  expect(idsOf(mergeFeed([], heard, READ_AT))).toEqual(["1/9", "2/4"]);
  expect(mergeFeed([], heard, READ_AT + 60 * SECOND)).toEqual([]);
});

it("keeps what came while the page was being read, though a server's clock is a little behind", () => {
  const heard = [row(5, READ_AT - SECOND), row(6, READ_AT)];
  expect(idsOf(mergeFeed([row(1, READ_AT - 60 * SECOND)], heard, READ_AT))).toEqual(["1/6", "1/5", "1/1"]);
});

it("shows an event as it was read, under the name that an erasure gave the account", () => {
  const read = [row(5, READ_AT, { userName: "Erased 1" })];
  expect(mergeFeed(read, [row(5, READ_AT)], READ_AT)).toEqual(read);
});

it("shows the newest twenty-five, each once", () => {
  const rows = Array.from({ length: 40 }, (_, id) => row(id, READ_AT + id));
  expect(idsOf(newest([...rows, ...rows]))).toEqual(Array.from({ length: 25 }, (_, n) => `1/${39 - n}`));
});
