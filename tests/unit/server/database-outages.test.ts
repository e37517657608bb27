import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { isDatabaseHeldUp, isDatabaseOutage } from "@/lib/errors";
import { openNodeMount, type Mount } from "../../support/agent-mounts";

const CODES = [
  ..."EAI_AGAIN EAI_FAIL ENOTFOUND ENETUNREACH ENETDOWN ENETRESET EHOSTUNREACH EHOSTDOWN ETIMEDOUT".split(
    " ",
  ),
  ..."ECONNREFUSED ECONNRESET ECONNABORTED EPIPE EADDRNOTAVAIL ENOENT EACCES".split(" "),
  ..."CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT".split(" "),
  ..."57P01 57P02 57P03 53300 08000 08001 08003 08004 08006 25006".split(" "),
];

it.each(CODES)("%s is an outage of the database, under the error of a query too", (code) => {
  const error = Object.assign(new Error("lost"), { code });
  expect(isDatabaseOutage(error)).toBe(true);
  expect(isDatabaseOutage(new Error("Failed query", { cause: error }))).toBe(true);
});

it.each(["22P02", "23505", "42P01", "57014", "EINVAL"])("%s is a fault, not an outage", (code) => {
  expect(isDatabaseOutage(Object.assign(new Error("wrong"), { code }))).toBe(false);
});

it.each(["53000", "53100", "53200", "53400", "55P03", "57014", "58030"])(
  "%s says that the database can't store at present, under the error of a query too",
  (code) => {
    const error = Object.assign(new Error("full"), { code });
    expect(isDatabaseHeldUp(error)).toBe(true);
    expect(isDatabaseHeldUp(new Error("Failed query", { cause: error }))).toBe(true);
  },
);

it.each(["22P02", "23505", "42P01", "57P01", "XX000"])("%s does not say so", (code) => {
  expect(isDatabaseHeldUp(Object.assign(new Error("wrong"), { code }))).toBe(false);
});

describe("a database whose name has no address", () => {
  const before = process.env.DATABASE_URL;
  let mount: Mount;
  beforeAll(async () => {
    process.env.DATABASE_URL = "postgresql://nobody@nowhere.invalid/nothing";
    mount = await openNodeMount();
  });
  afterAll(async () => {
    await mount.close();
    await closeDatabase();
    if (before === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = before;
  });

  it.each(["log_event", "log_events", "health"])("is an outage to agents, at /api/%s", async (route) => {
    const headers = { "X-API-Key": "ab".repeat(32) };
    const answer = await fetch(`${mount.url}/api/${route}`, { method: "POST", headers, body: "{}" });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    const body = (await answer.json()) as object;
    expect(body).toMatchObject({ status: "error", ...(route === "health" && { database: "disconnected" }) });
  });
});
