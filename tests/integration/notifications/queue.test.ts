import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import {
  finishEntry,
  LeaseLost,
  measureQueues,
  putEntry,
  putOffEntry,
  takeEntries,
  type TakenEntry,
} from "@/db/queries/global/queue";
import type { QueueHandler } from "@/lib/services/queue/queue-handler";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { eventually } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();

const running: RunningQueue[] = [];
beforeEach(async () => {
  await database().execute(sql`delete from queue_entries`);
});
afterEach(() => Promise.all(running.splice(0).map((queue) => queue.stop())));

const entryKey = (key: string) => ({ companyId: 0, queue: "deliveries" as const, key });
const put = (key: string, inSeconds = 0) =>
  putEntry(database(), entryKey(key), new Date(Date.now() + inSeconds * 1000));

function work(run: QueueHandler["run"], more: Partial<QueueHandler> = {}): RunningQueue {
  const limits = { concurrency: 4, mostPerCompany: null, leaseSeconds: 3 };
  const queue = startQueue([{ queue: "deliveries", ...limits, run, ...more }]);
  running.push(queue);
  return queue;
}

const finish = (entry: TakenEntry) => finishEntry(database(), entry);

/** When the lease of the only entry ends, as it stands now, in epoch milliseconds. */
async function leaseEnd(): Promise<number> {
  const [row] = await database().execute<{ ms: number }>(
    sql`select (extract(epoch from leased_until) * 1000)::float8 as ms from queue_entries`,
  );
  return row!.ms;
}

describe("the queue", () => {
  it("gives each entry to one of several workers, once", async () => {
    const done: string[] = [];
    for (let n = 0; n < 100; n += 1) await put(String(n));
    for (let server = 0; server < 3; server += 1) {
      work(async (entry) => {
        await delay(2);
        await finish(entry);
        done.push(entry.key);
      });
    }
    await eventually("all are done", () => done.length >= 100);
    expect(new Set(done).size).toBe(100);
    expect(done).toHaveLength(100);
    expect(await measureQueues()).toEqual([]);
  });

  it("hears of a new entry at once, and takes a later one when it is due", async () => {
    const takenAt = new Map<string, number>();
    work(async (entry) => {
      takenAt.set(entry.key, Date.now());
      await finish(entry);
    });
    await put("another day", 86_400);
    const due = Date.now() + 1_000;
    await put("later", 1);
    await put("now");
    await eventually("both are taken", () => takenAt.size === 2);
    expect([...takenAt.keys()].toSorted()).toEqual(["later", "now"]);
    expect(takenAt.get("later")).toBeGreaterThanOrEqual(due);
  });

  it("gives what a dead server held to another once its lease has run out", async () => {
    await put("held");
    const [dead] = await takeEntries("deliveries", 1, 60);
    expect(await takeEntries("deliveries", 1, 60)).toEqual([]);
    await database().execute(sql`update queue_entries set leased_until = now()`);
    const taken: TakenEntry[] = [];
    work(async (entry) => {
      taken.push(entry);
      await finish(entry);
    });
    await eventually("it is taken again", () => taken.length === 1);
    expect(taken[0]).toMatchObject({ key: "held", takenCount: 2 });
    await put("held", 60);
    await expect(finishEntry(database(), dead!)).rejects.toBeInstanceOf(LeaseLost);
    await expect(putOffEntry(database(), dead!, new Date())).rejects.toBeInstanceOf(LeaseLost);
  });

  it("keeps an entry with the server that works on it, however long that takes", async () => {
    await put("long");
    let runs = 0;
    const run = async (entry: TakenEntry) => {
      runs += 1;
      const firstEnd = await leaseEnd();
      await eventually("the first lease would have run out", () => Date.now() > firstEnd + 1_000);
      await finish(entry);
    };
    work(run, { leaseSeconds: 5 });
    work(run, { leaseSeconds: 5 });
    await eventually("it is done", async () => (await measureQueues()).length === 0);
    expect(runs).toBe(1);
  });

  it("tries again what failed, a little later each time", async () => {
    await put("failing");
    const counts: number[] = [];
    work(async (entry) => {
      counts.push(entry.takenCount);
      if (counts.length < 2) throw new Error("not yet");
      await finish(entry);
    });
    await eventually("it is done", async () => (await measureQueues()).length === 0);
    expect(counts).toEqual([1, 2]);
  });

  it("gives no more entries than asked for, whatever statistics say of its table", async () => {
    await put("first");
    await database().execute("analyze queue_entries");
    for (let n = 0; n < 20; n += 1) await put(`later-${n}`);
    expect(await takeEntries("deliveries", 2, 60)).toHaveLength(2);
    expect(await takeEntries("deliveries", 3, 60)).toHaveLength(3);
  });

  it("asks what runs to stop, and leaves it for the next start", async () => {
    await put("stopped");
    let isTold = false;
    const queue = work(async (entry, signal) => {
      await eventually("the stop is told", () => signal.aborted);
      isTold = true;
      throw new Error(`${entry.key} did not finish`);
    });
    await eventually("it runs", async () => (await measureQueues())[0]?.running === 1);
    await queue.stop();
    expect(isTold).toBe(true);
    expect(await takeEntries("deliveries", 1, 1)).toMatchObject([{ key: "stopped" }]);
  });
});

describe("the places of a queue that companies share", () => {
  const HOUR = 3_600_000;

  /** Entries of three companies: two that were first and have many, and one that has a single one. */
  async function crowd() {
    const [first, second, last] = [
      await makeCompany("First"),
      await makeCompany("Second"),
      await makeCompany("Last"),
    ];
    const add = (companyId: number, key: string, ago: number) =>
      putEntry(database(), { companyId, queue: "deliveries", key }, new Date(Date.now() - ago));
    for (let n = 0; n < 10; n += 1) {
      await add(first.companyId, `first-${n}`, 3 * HOUR);
      await add(second.companyId, `second-${n}`, 2 * HOUR);
    }
    return { first, second, last, putLast: () => add(last.companyId, "last", HOUR) };
  }

  /** Works with four places, two of them for one company; what is taken hangs until it is let go. */
  function workThatHangs() {
    const taken: TakenEntry[] = [];
    const hanging = new Map<string, () => void>();
    work(
      async (entry) => {
        taken.push(entry);
        await new Promise<void>((resolve) => hanging.set(entry.key, resolve));
        await finish(entry);
      },
      // An entry whose lease ran out on a stalled machine would be taken, and counted, twice.
      { mostPerCompany: 2, leaseSeconds: 60 },
    );
    return {
      taken,
      letGo: (key: string) => hanging.get(key)!(),
      letAllGo: () => hanging.forEach((go) => go()),
    };
  }

  it("are not all taken by one company, however many of its entries were due first", async () => {
    const { first, second, last, putLast } = await crowd();
    await database().execute(sql`delete from queue_entries where company_id = ${second.companyId}`);
    await putLast();
    const { taken, letAllGo } = workThatHangs();
    await eventually("the last is taken", () => taken.some(({ companyId }) => companyId === last.companyId));
    await eventually("the first has its share", () => taken.length === 3);
    expect(taken.filter(({ companyId }) => companyId === first.companyId)).toHaveLength(2);
    letAllGo();
  });

  it("go to a company with nothing under way before the others' next entries", async () => {
    const { last, putLast } = await crowd();
    const { taken, letGo, letAllGo } = workThatHangs();
    await eventually("all places are taken", () => taken.length === 4);
    await putLast();
    letGo("first-0");
    await eventually("the next is taken", () => taken.length > 4);
    expect(taken[4]).toMatchObject({ companyId: last.companyId });
    letAllGo();
  });

  it("serve everything in the end", async () => {
    const { putLast } = await crowd();
    await putLast();
    const done = new Set<string>();
    const run = async (entry: TakenEntry) => {
      await finish(entry);
      done.add(entry.key);
    };
    work(run, { mostPerCompany: 2 });
    await eventually("all are done", async () => (await measureQueues()).length === 0);
    expect(done.size).toBe(21);
  });
});
