import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { download } from "@/components/exports/download";
import { beginExport, endExports, finishExport } from "@/components/exports/under-way";
import { sourceFiles } from "../../support/source-files";

beforeEach(() => void vi.stubGlobal("window", new EventTarget()));
afterEach(() => void vi.unstubAllGlobals());

/** Whether the browser would ask before it leaves the portal. */
function asks(): boolean {
  const leaving = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaving);
  return leaving.defaultPrevented;
}

it("asks before the portal is left while an export is under way, and no longer", () => {
  const [first, second] = [new AbortController(), new AbortController()];
  expect(asks()).toBe(false);
  beginExport(first);
  beginExport(second);
  finishExport(first);
  expect(asks()).toBe(true);
  finishExport(second);
  expect(asks()).toBe(false);
});

it("ends every export with the session, and then asks nothing", () => {
  const controllers = [new AbortController(), new AbortController()];
  for (const controller of controllers) beginExport(controller);
  endExports();
  expect(controllers.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  expect(asks()).toBe(false);
  for (const controller of controllers) finishExport(controller);
  const next = new AbortController();
  beginExport(next);
  expect(asks()).toBe(true);
  finishExport(next);
});

it("ends them on the sign-in page alone: the pages beside the portal are left for it again", () => {
  const enders = [...sourceFiles(["app", "components"])].filter(([, source]) =>
    source.includes("<EndExports />"),
  );
  expect(enders.map(([path]) => path)).toEqual(["app/(auth)/login/page.tsx"]);
});

/** Downloads from a server that answers so. */
function downloadFrom(response: Response) {
  vi.stubGlobal("fetch", async () => response);
  const { signal } = new AbortController();
  return download("/1/events?format=csv", { signal, onProgress: () => undefined, onPlace: () => undefined });
}

it("takes no sign-in page for the file, wherever a session that is over leads", async () => {
  const page = new Response("<html>Sign in</html>", { headers: { "Content-Type": "text/html" } });
  Object.defineProperty(page, "redirected", { value: true });
  await expect(downloadFrom(page)).rejects.toMatchObject({
    name: "Error",
    status: 401,
    retryAfterSeconds: null,
  });
});

it.each([
  [
    "its words",
    Response.json({ message: "This file has ended." }, { status: 401 }),
    "This file has ended.",
    null,
  ],
  ["no words", new Response("<html>", { status: 502 }), "", null],
  [
    "when to try again",
    Response.json({ message: "Later." }, { status: 429, headers: { "Retry-After": "30" } }),
    "Later.",
    30,
  ],
])("is told of a refusal by the server: %s", async (_, response, message, retryAfterSeconds) => {
  await expect(downloadFrom(response)).rejects.toMatchObject({
    message,
    status: response.status,
    retryAfterSeconds,
  });
});

it("fails when a file breaks off, whatever of it has come", async () => {
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulls += 1;
      if (pulls === 1) controller.enqueue(new TextEncoder().encode("a,b\r\n1,2\r\n"));
      else controller.error(new TypeError("network error"));
    },
  });
  const answer = downloadFrom(new Response(body, { headers: { "Content-Type": "text/csv" } }));
  await expect(answer).rejects.toThrow("network error");
});
