import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { patientFetch } from "@/components/live/patient-fetch";

const SHOWN = "https://portal.example/1/dashboard?range=today";
const READ = { headers: { RSC: "1" } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that gives these answers one after another, the last one for ever; `null` stands for no connection. */
function server(...answers: (number | null)[]) {
  const asked: string[] = [];
  const send = (input: RequestInfo | URL) => {
    const status = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(String(input));
    return status === null
      ? Promise.reject(new TypeError("Failed to fetch"))
      : Promise.resolve(new Response(null, { status }));
  };
  return { asked, fetch: patientFetch(send as typeof fetch, () => new URL(SHOWN)) };
}

it.each([
  ["a proxy whose servers are away", [502, 504, 502]],
  ["a server that stops or is too busy", [503, 503, 503]],
  ["no connection", [null, null, null]],
])("waits for the shown page through an outage: %s", async (_, outage) => {
  const { asked, fetch } = server(...outage, 200);
  const answer = fetch("/1/dashboard?range=today&_rsc=abc", READ);
  await vi.runAllTimersAsync();
  expect((await answer).status).toBe(200);
  expect(asked).toHaveLength(4);
});

it("waits for the shown page for hours, asking no more often than every 5 seconds", async () => {
  const { asked, fetch } = server(502);
  let isAnswered = false;
  void fetch(`${SHOWN}&_rsc=abc`, READ).then(() => (isAnswered = true));
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(isAnswered).toBe(false);
  expect(asked.length).toBeGreaterThan(600);
  expect(asked.length).toBeLessThan(730);
});

it.each([
  ["an answer", 502],
  ["no connection", null],
] as const)("gives another page up after 20 seconds, with what there is: %s", async (_, last) => {
  const { asked, fetch } = server(last);
  const answer = fetch("/1/events", READ).then(
    ({ status }) => status,
    () => null,
  );
  await vi.advanceTimersByTimeAsync(19_000);
  expect(asked.length).toBeGreaterThan(4);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await answer).toBe(last);
});

it.each([200, 302, 403, 404, 429, 500])("passes on an answer of the server at once: %i", async (status) => {
  const { asked, fetch } = server(status, 200);
  expect((await fetch(SHOWN, READ)).status).toBe(status);
  expect(asked).toHaveLength(1);
});

it.each([
  ["an action", { method: "POST", headers: { RSC: "1", "Next-Action": "x" } }],
  ["what is fetched ahead", { headers: { RSC: "1", "Next-Router-Prefetch": "1" } }],
  ["anything else", undefined],
])("asks once for %s", async (_, init) => {
  const { asked, fetch } = server(502);
  expect((await fetch(SHOWN, init)).status).toBe(502);
  expect(asked).toHaveLength(1);
});

it("ends with its signal", async () => {
  const { fetch } = server(null);
  const control = new AbortController();
  const answer = fetch(SHOWN, { ...READ, signal: control.signal }).then(
    () => "answered",
    () => "ended",
  );
  await vi.advanceTimersByTimeAsync(3_000);
  control.abort();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answer).toBe("ended");
});
