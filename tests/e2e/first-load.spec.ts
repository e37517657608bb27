import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";

interface Route {
  route: string;
  firstLoadChunkPaths: readonly string[];
}

/** Bytes as sent. The program itself is smaller than the bench's figure, which counts heads of answers as well. */
const MOST_BYTES = 190_000;
/** What is only needed on demand, by words that stay in its code. */
const LATE = {
  recharts: "recharts-",
  zod: "ZodError",
  "react-day-picker": "rdp-",
  sonner: "data-sonner-toaster",
  cmdk: "cmdk-item",
};

/** The build's own list of what a browser loads before a page works. */
const routes = JSON.parse(readFileSync(".next/diagnostics/route-bundle-stats.json", "utf8")) as Route[];

function bytesOf(file: string): number {
  return statSync(`${file}.br`, { throwIfNoEntry: false })?.size ?? statSync(file).size;
}

test("the dashboard and Events stay light", () => {
  for (const page of ["dashboard", "events"]) {
    const { firstLoadChunkPaths } = routes.find(({ route }) => route === `/[company]/${page}`)!;
    const bytes = firstLoadChunkPaths.reduce((sum, file) => sum + bytesOf(file), 0);
    expect(bytes, page).toBeLessThan(MOST_BYTES);
  }
});

test("no page loads at once what only dialogs, menus and charts under the mouse need", () => {
  const chunks = new Set(routes.flatMap(({ firstLoadChunkPaths }) => firstLoadChunkPaths));
  expect(chunks.size).toBeGreaterThan(20);
  const found: string[] = [];
  for (const chunk of chunks) {
    const code = readFileSync(chunk, "utf8");
    for (const [name, word] of Object.entries(LATE)) {
      if (!code.includes(word)) continue;
      const where = routes.filter(({ firstLoadChunkPaths }) => firstLoadChunkPaths.includes(chunk));
      for (const { route } of where) found.push(`${name} in ${path.basename(chunk)} of ${route}`);
    }
  }
  expect(found).toEqual([]);
});
