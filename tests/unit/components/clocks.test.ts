import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

const sources = [...sourceFiles(["components"])];

function filesWith(pattern: RegExp): string[] {
  return sources.flatMap(([name, text]) => (pattern.test(text) ? [name] : []));
}

it("measures what passes in a browser by the clock that nobody sets: an hour back would last an hour", () => {
  // The one tells what time it is, which is another question, and corrects what it reads; the other asks both clocks, because
  // one may stand still in sleep.
  expect(filesWith(/\bDate\.now\(|\bnew Date\(\)/)).toEqual([
    "components/live/portal-clock.ts",
    "components/live/stream-in-view.ts",
  ]);
});

it("reads pages again and again by timers of the shared hooks only, which rest in hidden tabs and while a page is on its way", () => {
  const readers = filesWith(/\brouter\.refresh\(|\busePageRefresh\(/);
  const timed = readers.filter((name) => filesWith(/\bsetInterval\(/).includes(name));
  // It rests with its stream, which is closed in hidden tabs.
  const resting = ["components/alerts/use-live-alerts.ts"];
  expect(timed.filter((name) => !name.startsWith("components/live/"))).toEqual(resting);
});
