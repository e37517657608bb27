import { expect, it, vi } from "vitest";
import { UnreadNews } from "@/components/live/unread-news";
import { sourceFiles } from "../support/source-files";
import { openAddresses, opened, provideStubStreams, show, StubSource } from "../support/stub-streams";

const OWN = "/api/events/stream?company=all&only=unread";

provideStubStreams();

/** A window's bell, and what it shows. */
function ring() {
  const news = new UnreadNews();
  const shown: number[] = [];
  const hear = () => news.hear((count) => shown.push(count));
  /** A live page with its stream. */
  const openPage = () => {
    const release = news.carry();
    const source = new EventSource("/page") as unknown as StubSource;
    news.readFrom(source as unknown as EventSource);
    return {
      source,
      leave() {
        source.close();
        release();
      },
    };
  };
  return { shown, hear, openPage };
}

it("has a stream of its own on a page without live events", () => {
  const { shown, hear } = ring();
  const stop = hear();
  vi.advanceTimersByTime(1_000);
  expect(openAddresses()).toEqual([OWN]);
  opened[0]!.tell("unread", { count: 3 });
  expect(shown).toEqual([3]);
  show("hidden");
  expect(openAddresses()).toEqual([]);
  show("visible");
  expect(openAddresses()).toEqual([OWN]);
  stop();
  expect(openAddresses()).toEqual([]);
});

it("rings by the stream of a live page, and opens none beside it, whichever comes first", () => {
  const { shown, hear, openPage } = ring();
  const first = openPage();
  first.source.tell("unread", { count: 2 });
  const stop = hear();
  expect(shown).toEqual([2]);
  vi.advanceTimersByTime(60_000);
  expect(openAddresses()).toEqual(["/page"]);
  first.leave();
  vi.advanceTimersByTime(1_000);
  expect(openAddresses()).toEqual([OWN]);
  const second = openPage();
  expect(openAddresses()).toEqual(["/page"]);
  second.source.tell("unread", { count: 1 });
  expect(shown).toEqual([2, 1]);
  second.leave();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(openAddresses()).toEqual([]);
});

it("opens nothing between two live pages that follow each other", () => {
  const { hear, openPage } = ring();
  const stop = hear();
  openPage().leave();
  vi.advanceTimersByTime(999);
  openPage();
  vi.advanceTimersByTime(60_000);
  expect(opened.map(({ address }) => address)).toEqual(["/page", "/page"]);
  stop();
});

it("forgets the count with the bell, as the next person in the window is another", () => {
  const { shown, hear, openPage } = ring();
  const stop = hear();
  const live = openPage();
  live.source.tell("unread", { count: 7 });
  stop();
  live.leave();
  hear()();
  expect(shown).toEqual([7]);
});

it("is all that opens streams, with live pages: each opens one, and the bell's is then closed", () => {
  const opening = [...sourceFiles(["app", "components"])].filter(([, code]) =>
    /new EventSource\(|streamInView\(\{/.test(code),
  );
  expect(opening.map(([file]) => file).toSorted()).toEqual([
    "components/live/hear-events.ts",
    "components/live/stream-in-view.ts",
    "components/live/unread-news.ts",
  ]);
});
