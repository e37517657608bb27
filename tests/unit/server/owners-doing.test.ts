import { expect, test } from "vitest";
import { isOwnersDoing, ROUTER_READ_HEADER } from "@/lib/server/auth/owners-doing";

const document = { accept: "text/html", "sec-fetch-dest": "document", "x-path": "/1/dashboard" };
const action = { accept: "text/x-component", "sec-fetch-dest": "empty", "x-path": "/1/sites" };
const fetched = { accept: "*/*", "sec-fetch-dest": "empty", "x-path": "/1/dashboard" };
/** Over plain HTTP browsers send no Sec-Fetch headers. */
const routerRead = { accept: "*/*", [ROUTER_READ_HEADER]: "1", "x-path": "/1/dashboard" };
const stream = { accept: "text/event-stream", "x-path": "/api/events/stream?company=1" };
const place = { accept: "*/*", "x-path": "/api/exports/place?ticket=1" };
const session = { accept: "*/*", "x-path": "/api/auth/session" };

test.each([
  ["a document", document, true, true],
  ["a form's action", action, true, true],
  ["a request of a program", { accept: "*/*", "x-path": "/1/dashboard" }, true, true],
  ["what a page fetches", fetched, false, true],
  ["what Next's router reads", routerRead, false, true],
  ["the event stream", stream, false, false],
  ["a look at the queue of exports", place, false, false],
  ["a look at the session", session, false, false],
])("%s is its owner's doing or not, while nobody and somebody is at the page", (_, given, idle, active) => {
  const headers = new Headers(given as unknown as Record<string, string>);
  expect([isOwnersDoing(headers, false), isOwnersDoing(headers, true)]).toEqual([idle, active]);
});
