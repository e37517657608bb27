import { beforeEach, expect, it, vi } from "vitest";
import { hearEvents } from "@/components/live/hear-events";
import { beatFor, opened, provideStubStreams, show } from "../support/stub-streams";

const READ_AT = Date.UTC(2026, 0, 1);
const row = { id: 1, companyId: 1 };

/** What /api/auth/session answers: the session, null once it is over, undefined while the server is away. */
let session: object | null | undefined;
const went: string[] = [];

provideStubStreams();
beforeEach(() => {
  session = { user: {} };
  went.length = 0;
  vi.stubGlobal("fetch", async () => ({ ok: session !== undefined, json: async () => session }));
  const assign = (address: string) => went.push(address);
  vi.stubGlobal("window", { location: { pathname: "/1/dashboard", search: "", assign } });
});

function hear() {
  const news: number[] = [];
  const states: string[] = [];
  const stop = hearEvents({
    companyRef: "1",
    readAt: () => READ_AT,
    onNews: (rows) => news.push(rows.length),
    onState: (state) => states.push(state),
  });
  return { news, states, stop };
}

/** Lets what waits for an answer go on. */
const settle = () => vi.advanceTimersByTimeAsync(0);

it("tells of stored rows, and of nothing at its first opening: the page has just been read", () => {
  const { news, states, stop } = hear();
  expect(opened[0]!.address).toBe(`/api/events/stream?company=1&read_at=${READ_AT}`);
  opened[0]!.answer();
  expect(news).toEqual([]);
  opened[0]!.tell("events", { companyId: 1, count: 1, rows: [row] });
  opened[0]!.tell("events", { companyId: 1, count: 0, rows: [] });
  expect(news).toEqual([1, 0]);
  expect(states.at(-1)).toBe("live");
  stop();
});

it.each([
  [
    "its stream ended and is back, without which a lost company of several would stay",
    () => opened[0]!.interrupt(),
  ],
  [
    "it was out of view",
    () => {
      show("hidden");
      show("visible");
    },
  ],
  ["its stream had fallen silent", () => vi.advanceTimersByTime(60_000)],
])("has the page read again when %s", (_, lose) => {
  const { news, stop } = hear();
  opened[0]!.answer();
  lose();
  expect(news).toEqual([]);
  opened.at(-1)!.answer();
  expect(news).toEqual([0]);
  stop();
});

it("has the page read again when the stream opens late, as the first tries failed", () => {
  const { news, stop } = hear();
  opened[0]!.interrupt();
  opened[0]!.answer();
  expect(news).toEqual([0]);
  stop();
});

it("asks for nothing missed once the page is read again anyway", () => {
  const { stop } = hear();
  opened[0]!.answer();
  beatFor(60_000);
  show("hidden");
  show("visible");
  const asked = new URLSearchParams(opened[1]!.address.split("?")[1]);
  expect(Number(asked.get("read_at"))).toBeGreaterThan(READ_AT);
  stop();
});

it("has the page read again when its company is lost, once a minute for as long as it is refused", async () => {
  const { news, stop } = hear();
  opened[0]!.answer();
  opened[0]!.refuse();
  await settle();
  expect(news).toEqual([0]);
  for (let refused = 1; refused <= 24; refused += 1) {
    await vi.advanceTimersByTimeAsync(5_000);
    opened.at(-1)!.refuse();
    await settle();
  }
  expect([opened.length, news.length, went]).toEqual([25, 3, []]);
  stop();
});

it("goes to the sign-in page when the session has ended, and nowhere while the server is away", async () => {
  const { news, stop } = hear();
  session = undefined;
  opened[0]!.refuse();
  await settle();
  expect([news, went]).toEqual([[], []]);
  session = null;
  await vi.advanceTimersByTimeAsync(5_000);
  opened[1]!.refuse();
  await settle();
  expect([news, went]).toEqual([[], ["/login?notice=session-over&next=%2F1%2Fdashboard"]]);
  stop();
});

it("says nothing more of a refusal once the page has been left", async () => {
  const { news, stop } = hear();
  opened[0]!.refuse();
  stop();
  await settle();
  expect(news).toEqual([]);
});
