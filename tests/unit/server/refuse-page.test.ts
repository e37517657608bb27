import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { refusePage } from "@/lib/server/front/refuse";

let server: Server;

beforeAll(async () => {
  server = createServer((req, res) =>
    refusePage(req, res, {
      status: 429,
      title: { key: "refusals.tooMany" },
      note: { key: "refusals.tooManyNote", values: { seconds: 7 } },
      retryAfterSeconds: 7,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server?.close());

it.each([
  ["de-AT,en;q=0.5", "de", "Zu viele Anfragen", "in 7 Sekunden"],
  ["fr", "en", "Too many requests", "in 7 seconds"],
  ["", "en", "Too many requests", "in 7 seconds"],
])("refuses a page in the language of a browser that asks for “%s”", async (wish, lang, title, part) => {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/login`, { headers: { "Accept-Language": wish } });
  const page = await answer.text();
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"]);
  for (const words of [`<html lang="${lang}">`, `<h1>${title}</h1>`, part]) expect(page).toContain(words);
});
