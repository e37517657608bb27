import { afterEach, expect, it } from "vitest";
import { noteKnownSession } from "@/lib/server/front/known-sessions";
import { processState } from "@/lib/process-state";
import { openFront, type FrontServer } from "../../../support/front-server";

const COOKIE = "theme=dark; winauthmon.session=abc.def; other=1";
let front: FrontServer;
afterEach(async () => {
  await front.close();
  processState("limiters", () => new Map()).clear();
});

const ask = (path: string, cookie = "") =>
  fetch(front.url + path, { headers: { cookie }, redirect: "manual" });

it("bounds the pages of one address by the minute, with words, and neither files, the API nor live sessions", async () => {
  front = await openFront({ environment: { RATE_LIMIT_SIGNED_OUT_PAGES: "5" } });
  for (let i = 0; i < 5; i += 1) expect((await ask("/login")).status).toBe(200);
  for (const path of ["/login", "/register", "/reset-password?token=x", "/1/events"]) {
    const refused = await ask(path, "winauthmon.session=made-up");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("content-type")).toContain("text/html");
    expect(await refused.text()).toContain("Too many requests");
  }
  for (const path of ["/_next/static/chunks/a.js", "/icon.svg", "/favicon.ico", "/api/v1/events"]) {
    const { status } = await ask(path);
    expect({ path, status }).toEqual({ path, status: 200 });
  }
  expect((await ask("/1/events", COOKIE)).status).toBe(429);
  noteKnownSession(COOKIE);
  expect((await ask("/1/events", COOKIE)).status).toBe(200);
});

it("draws two at once, so that agents' events are taken in between", async () => {
  let [drawing, most, drawn] = [0, 0, 0];
  front = await openFront({
    environment: { RATE_LIMIT_ENABLED: "false" },
    next: async (_req, res) => {
      most = Math.max(most, (drawing += 1));
      await new Promise((resolve) => setImmediate(resolve));
      drawing -= 1;
      drawn += 1;
      res.end();
    },
  });
  const answers = await Promise.all(Array.from({ length: 40 }, () => ask("/login")));
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
  expect(most).toBeLessThanOrEqual(2);
  expect(drawn).toBe(40);
});

it("does not let what waits for something else hold the others back", async () => {
  const waiting: (() => void)[] = [];
  front = await openFront({
    environment: { RATE_LIMIT_ENABLED: "false" },
    next: async (req, res) => {
      if (req.method === "POST") await new Promise<void>((resolve) => waiting.push(resolve));
      res.end();
    },
  });
  const posts = Array.from({ length: 10 }, () => fetch(`${front.url}/login`, { method: "POST" }));
  await expect.poll(() => waiting.length).toBe(10);
  expect((await ask("/login")).status).toBe(200);
  for (const end of waiting) end();
  expect((await Promise.all(posts)).map(({ status }) => status)).toEqual(Array(10).fill(200));
});

it("refuses with words when too many wait, and forgets those who left", async () => {
  const waiting: (() => void)[] = [];
  front = await openFront({
    environment: { RATE_LIMIT_ENABLED: "false" },
    next: (_req, res) => new Promise<void>((resolve) => waiting.push(resolve)).then(() => void res.end()),
  });
  const gone = new AbortController();
  const left = Array.from({ length: 300 }, () =>
    fetch(`${front.url}/login`, { signal: gone.signal }).then(
      ({ status }) => status,
      () => "gone",
    ),
  );
  await expect.poll(() => Promise.race([...left, "none"])).toBe(503);
  gone.abort();
  await Promise.all(left);
  const timer = setInterval(() => waiting.splice(0).forEach((end) => end()), 5);
  await expect.poll(async () => (await ask("/login")).status).toBe(200);
  clearInterval(timer);
});
