import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openFront, type FrontServer } from "../../../support/front-server";

let front: FrontServer;

beforeAll(async () => {
  front = await openFront({ next: async (req, res) => void res.end(`page ${req.url}`) });
});
afterAll(() => front.close());

/** Sends the target as it is, which no client of the platform does. */
async function send(target: string, method = "POST"): Promise<{ status: number; body: string }> {
  const sent = request({ host: "127.0.0.1", port: front.port, path: target, method });
  sent.end();
  const [answer] = await once(sent, "response");
  return { status: answer.statusCode, body: await text(answer) };
}

it.each([
  "/api/log_event",
  "//api/log_event",
  "///api/log_events",
  "//api/health?x=//api/",
  "http://portal.example//api/log_event",
])("an agent's request reaches the agent API as %s", async (target) => {
  const { status, body } = await send(target);
  expect(status).toBe(401);
  expect(JSON.parse(body)).toEqual({ message: "No API key provided", status: "error" });
});

it.each([
  ["//api/v1/events?a=//b", "/api/v1/events?a=//b"],
  ["//acme/events", "//acme/events"],
  ["//apis/events", "//apis/events"],
  ["/a//api/health", "/a//api/health"],
  ["http://portal.example", "/"],
])("%s goes to the pages as %s", async (target, url) => {
  expect(await send(target, "GET")).toEqual({ status: 200, body: `page ${url}` });
});
