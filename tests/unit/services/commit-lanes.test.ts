import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CommitLanes } from "@/lib/services/events/commit-lanes";

/** A company of a lost node, and one of another. */
const LOST = 1;
const OTHER = 2;

interface Commit {
  companies: number[];
  succeed(): void;
  fail(error: Error): void;
}

let commits: Commit[];
let lanes: CommitLanes<number, string>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  commits = [];
  lanes = new CommitLanes<number, string>(
    (items) =>
      new Promise((resolve, reject) =>
        commits.push({
          companies: [...items],
          succeed: () => resolve(items.map((company) => `stored of ${company}`)),
          fail: reject,
        }),
      ),
    { partOf: (company) => company },
  );
});
afterEach(() => {
  vi.useRealTimers();
});

const away = () => Object.assign(new Error("node away"), { name: "PostgresError", code: "08006" });
const turn = () => new Promise((resolve) => setImmediate(resolve));
const send = (company: number) =>
  lanes.add([company]).then(
    ([result]) => result,
    (error: Error) => error.message,
  );

/** One company's node is found to be away. */
async function loseNode(): Promise<void> {
  const answer = send(LOST);
  await turn();
  commits.shift()!.fail(away());
  expect(await answer).toBe("node away");
}

it("refuses what belongs on a lost node for a second without asking it", async () => {
  await loseNode();
  vi.advanceTimersByTime(999);
  expect(await send(LOST)).toBe("node away");
  expect(commits).toEqual([]);
});

it("stores on for others while it waits for a lost node, in commits of their own", async () => {
  await loseNode();
  vi.advanceTimersByTime(1_000);
  const waiting = send(LOST);
  const others = send(OTHER);
  await turn();
  expect(commits.map(({ companies }) => companies)).toEqual([[LOST], [OTHER]]);
  expect(lanes.waitingItems).toBe(0);
  commits[1]!.succeed();
  expect(await others).toBe("stored of 2");
  expect(lanes.isIdle).toBe(true);
  commits[0]!.fail(away());
  expect(await waiting).toBe("node away");
  expect(await send(LOST)).toBe("node away");
});

it("commits for all together again once the node is back", async () => {
  await loseNode();
  vi.advanceTimersByTime(1_000);
  const back = send(LOST);
  await turn();
  commits.shift()!.succeed();
  expect(await back).toBe("stored of 1");
  const both = [send(LOST), send(OTHER)];
  await turn();
  expect(commits.map(({ companies }) => companies)).toEqual([[LOST, OTHER]]);
  commits[0]!.succeed();
  expect(await Promise.all(both)).toEqual(["stored of 1", "stored of 2"]);
});

it("takes a connection that broke within a statement for a lost node", async () => {
  const answer = send(LOST);
  await turn();
  const broken = new Error("server closed the connection unexpectedly");
  commits.shift()!.fail(Object.assign(broken, { name: "PostgresError", code: "XX000" }));
  expect(await answer).toBe(broken.message);
  expect(await send(LOST)).toBe(broken.message);
  expect(commits).toEqual([]);
});

it.each(["53100", "57014"])(
  "stores on for others while the database has no room or no time for a company: %s",
  async (code) => {
    const answer = send(LOST);
    await turn();
    commits.shift()!.fail(Object.assign(new Error("held up"), { name: "PostgresError", code }));
    expect(await answer).toBe("held up");
    expect(await send(LOST)).toBe("held up");
    vi.advanceTimersByTime(1_000);
    const both = [send(LOST), send(OTHER)];
    await turn();
    expect(commits.map(({ companies }) => companies)).toEqual([[LOST], [OTHER]]);
    for (const commit of commits) commit.succeed();
    expect(await Promise.all(both)).toEqual(["stored of 1", "stored of 2"]);
  },
);

it("does not take an outage of the whole database for a lost node", async () => {
  const answer = send(LOST);
  await turn();
  commits.shift()!.fail(Object.assign(new Error("closed"), { code: "CONNECTION_CLOSED" }));
  expect(await answer).toBe("closed");
  const next = send(LOST);
  await turn();
  commits[0]!.succeed();
  expect(await next).toBe("stored of 1");
});
