import { setImmediate as nextPass } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FairQueue, QueueFull, type Claim, type Place } from "@/lib/services/reports/fair-queue";

const LIMITS = {
  atOnce: 4,
  atOncePerReader: 2,
  atOncePerLane: 3,
  slowPerReader: 4,
  openPerReader: 8,
  waiting: 200,
  waitingPerLane: 200,
  waitMilliseconds: 60_000,
};

afterEach(() => vi.useRealTimers());

/** Claims by the names `reader@lane`, and who of them has a place, in the order of their turns. */
function opened(limits: Partial<typeof LIMITS> = {}) {
  const queue = new FairQueue({ ...LIMITS, ...limits });
  const begun: string[] = [];
  const places = new Map<string, Place>();
  const refused: string[] = [];
  const ask = (name: string, signal?: AbortSignal) => {
    const [reader, lane] = name.split("#")[0]!.split("@") as [string, string];
    const claim: Claim = { reader, lane, ticket: name };
    return queue.enter(claim, signal).then(
      (place) => {
        begun.push(name);
        places.set(name, place);
      },
      (error: unknown) => void refused.push(`${name}: ${error instanceof QueueFull ? error.reason : "gone"}`),
    );
  };
  const end = async (name: string) => {
    places.get(name)!.leave();
    await nextPass();
  };
  return { queue, begun, refused, ask, end, places };
}

interface Held {
  claim: Claim;
  place: Place;
  isLent: boolean;
}

function expectLimitsKept(held: readonly Held[]): void {
  const running = held.filter(({ isLent }) => !isLent).map(({ claim }) => claim);
  expect(running.length).toBeLessThanOrEqual(LIMITS.atOnce);
  for (const { reader, lane } of running) {
    expect(running.filter((claim) => claim.reader === reader).length).toBeLessThanOrEqual(2);
    expect(running.filter((claim) => claim.lane === lane).length).toBeLessThanOrEqual(3);
  }
}

async function doTo(held: Map<number, Held>, id: number, deed: "lend" | "leave" | "again"): Promise<void> {
  const entry = held.get(id)!;
  if (deed === "leave") {
    entry.place.leave();
    held.delete(id);
  } else if (deed === "lend") {
    entry.place.lend();
    entry.isLent = true;
  } else {
    await entry.place.takeAgain();
    entry.isLent = false;
  }
}

describe("the queue of reports", () => {
  it("gives a reader two places and a company three, and keeps one for another company", async () => {
    const { ask, begun } = opened();
    for (const name of ["a@1#1", "a@1#2", "a@1#3", "b@1#1", "b@1#2", "c@2#1", "d@3#1"]) void ask(name);
    await nextPass();
    expect(begun).toEqual(["a@1#1", "a@1#2", "b@1#1", "c@2#1"]);
  });

  it("takes companies in turn, and within a company its readers", async () => {
    const { ask, begun, end } = opened({ atOnce: 1 });
    const asked = ["a@1#1", "a@1#2", "a@1#3", "b@1#1", "c@2#1", "c@2#2", "d@3#1"];
    for (const name of asked) void ask(name);
    await nextPass();
    for (let at = 0; at < asked.length; at += 1) await end(begun[at]!);
    expect(begun).toEqual(["a@1#1", "c@2#1", "d@3#1", "b@1#1", "c@2#2", "a@1#2", "a@1#3"]);
  });

  it("refuses what one reader has too much of, and what is too much for all", async () => {
    const { ask, queue, refused } = opened({ waiting: 17 });
    for (let at = 0; at < 30; at += 1) void ask(`a@1#${at}`);
    await nextPass();
    expect(queue.counts).toEqual({ running: 2, waiting: 8 });
    expect(refused).toHaveLength(20);
    expect(refused.every((text) => text.endsWith(": reader"))).toBe(true);
    // Another company may have as many waiting as there is still room for.
    for (let at = 0; at < 7; at += 1) void ask(`${at}@2#1`);
    await nextPass();
    expect(queue.counts).toEqual({ running: 4, waiting: 13 });
    expect(refused.slice(20)).toEqual([]);
    for (const name of ["7@2#1", "b@3#1", "c@4#1", "d@5#1"]) void ask(name);
    await nextPass();
    expect(refused.slice(20)).toEqual(["7@2#1: queue"]);
  });

  it("refuses what has waited too long", async () => {
    vi.useFakeTimers();
    const { ask, begun, refused, queue } = opened({ atOnce: 1 });
    void ask("a@1#1");
    void ask("b@2#1");
    await vi.advanceTimersByTimeAsync(LIMITS.waitMilliseconds - 1);
    expect(refused).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([begun, refused]).toEqual([["a@1#1"], ["b@2#1: wait"]]);
    expect(queue.counts).toEqual({ running: 1, waiting: 0 });
  });

  it("forgets whoever goes away", async () => {
    const { ask, begun, refused, end, queue } = opened({ atOnce: 1 });
    const gone = new AbortController();
    void ask("a@1#1");
    void ask("b@2#1", gone.signal);
    void ask("c@3#1");
    gone.abort();
    await nextPass();
    expect([refused, queue.counts.waiting]).toEqual([["b@2#1: gone"], 1]);
    await end("a@1#1");
    expect(begun).toEqual(["a@1#1", "c@3#1"]);
    await expect(queue.enter({ reader: "b", lane: "2" }, gone.signal)).rejects.toThrow(/abort/);
  });

  it("tells a reader's own place and nobody else's", async () => {
    const { ask, queue, end } = opened({ atOnce: 1 });
    for (const name of ["a@1#1", "a@1#2", "b@2#1"]) void ask(name);
    await nextPass();
    const places = () => ["a@1#1", "b@2#1", "a@1#2"].map((name) => queue.placeOf(name[0]!, name));
    expect(places()).toEqual([0, 1, 2]);
    expect(queue.placeOf("b", "a@1#2")).toBeNull();
    await end("a@1#1");
    expect(places()).toEqual([null, 0, 1]);
  });

  it("lets others in while a reader is slow, who goes on when there is a place again", async () => {
    const { ask, begun, places, end } = opened({ atOnce: 1 });
    void ask("a@1#1");
    void ask("b@2#1");
    await nextPass();
    places.get("a@1#1")!.lend();
    await nextPass();
    expect(begun).toEqual(["a@1#1", "b@2#1"]);
    const again = places
      .get("a@1#1")!
      .takeAgain()
      .then(() => begun.push("again"));
    await nextPass();
    expect(begun).toHaveLength(2);
    await end("b@2#1");
    await again;
    void ask("c@3#1");
    await nextPass();
    expect(begun).toEqual(["a@1#1", "b@2#1", "again"]);
    await end("a@1#1");
    expect(begun.at(-1)).toBe("c@3#1");
  });

  it("begins nothing more of a reader whose slow readings are too many, until one has ended", async () => {
    const { ask, begun, places } = opened();
    for (const at of [1, 2, 3, 4]) {
      await ask(`a@1#${at}`);
      places.get(`a@1#${at}`)!.lend();
    }
    void ask("a@1#5");
    await ask("b@1#1");
    expect(begun).not.toContain("a@1#5");
    await places.get("a@1#1")!.takeAgain();
    await nextPass();
    expect(begun.at(-1)).toBe("a@1#5");
  });

  it("counts slow readers among what one reader has open", async () => {
    const { ask, begun, places, refused } = opened({ openPerReader: 2, slowPerReader: 9 });
    for (const at of [1, 2, 3, 4, 5]) {
      await ask(`a@1#${at}`);
      places.get(`a@1#${at}`)?.lend();
    }
    expect(begun).toHaveLength(5);
    void ask("b@2#1");
    void ask("a@1#6");
    void ask("a@1#7");
    void ask("a@1#8");
    await nextPass();
    expect(refused).toEqual(["a@1#8: reader"]);
  });

  it("keeps its limits and leaves nobody out, whatever comes and goes", async () => {
    const step = fc.oneof(
      fc.record({ deed: fc.constant("ask" as const), reader: fc.nat(5), lane: fc.nat(3) }),
      fc.record({
        deed: fc.constantFrom("lend" as const, "leave" as const, "again" as const, "gone" as const),
        which: fc.nat(40),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const queue = new FairQueue({ ...LIMITS, openPerReader: 1_000, slowPerReader: 1_000 });
        const held = new Map<number, Held>();
        const asked: { claim: Claim; gone: AbortController }[] = [];
        const settled: Promise<unknown>[] = [];
        const check = () => expectLimitsKept([...held.values()]);
        for (const one of steps) {
          if ("reader" in one) {
            const claim = { reader: `r${one.reader}`, lane: `l${one.lane}` };
            const gone = new AbortController();
            const id = asked.push({ claim, gone });
            const entering = queue
              .enter(claim, gone.signal)
              .then((place) => held.set(id, { claim, place, isLent: false }));
            settled.push(entering.catch(() => undefined));
          } else {
            const ids = [...held.keys()];
            const id = ids[one.which % ids.length];
            if (one.deed === "gone") asked[one.which % asked.length]?.gone.abort();
            else if (id !== undefined) settled.push(doTo(held, id, one.deed));
          }
          await nextPass();
          check();
        }
        while (queue.counts.running + queue.counts.waiting > 0) {
          for (const [id, { place, isLent }] of held) {
            if (isLent) continue;
            place.leave();
            held.delete(id);
          }
          await nextPass();
          check();
        }
        await Promise.all(settled);
        expect(queue.counts).toEqual({ running: 0, waiting: 0 });
      }),
      { numRuns: 100 },
    );
  });
});
