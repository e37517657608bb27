import { describe, expect, it } from "vitest";
import { Served, takeTurns, type Turns } from "@/lib/services/detections/company-turns";

/** Companies with so many steps of work left; `turns` are those that were had, in order. */
function work(left: Record<number, number>, more: Partial<Turns> = {}) {
  const turns: number[] = [];
  const stopping = new AbortController();
  const all: Turns = {
    signal: stopping.signal,
    list: () =>
      Promise.resolve(
        Object.keys(left)
          .map(Number)
          .filter((id) => left[id]! > 0),
      ),
    step: (id) => {
      turns.push(id);
      left[id]! -= 1;
      return Promise.resolve(left[id]! > 0 ? "more" : "done");
    },
    rests: () => null,
    ...more,
  };
  return { all, turns, left, stop: () => stopping.abort() };
}

describe("turns of companies", () => {
  it("alternate until all work is done", async () => {
    const { all, turns } = work({ 1: 3, 2: 1, 3: 2 });
    await takeTurns(all, new Served());
    expect(turns).toEqual([1, 2, 3, 1, 3, 1]);
  });

  it("begin with whoever had theirs longest ago", async () => {
    const served = new Served();
    const first = work({ 1: 1, 2: 1 });
    await takeTurns(first.all, served);
    const second = work({ 1: 1, 2: 1, 3: 1 });
    await takeTurns({ ...second.all, step: (id) => (served.note(2), second.all.step(id)) }, served);
    expect(second.turns).toEqual([3, 1, 2]);
  });

  it("a company that comes up meanwhile waits for one step of the others, not for their backlog", async () => {
    const one = work({ 1: 1_000, 2: 1_000 });
    const look = () => {
      if (one.turns.length === 5) one.left[3] = 1;
      if (one.turns.includes(3)) one.stop();
      return Promise.resolve(one.turns.length % 2 === 1);
    };
    await takeTurns({ ...one.all, look }, new Served());
    expect(one.turns.indexOf(3)).toBeLessThanOrEqual(7);
  });

  it("go past companies whose work fails or is done elsewhere, and end although they stay behind", async () => {
    const one = work({ 3: 2 });
    const tried: number[] = [];
    await takeTurns(
      {
        ...one.all,
        list: async () => [1, 2, ...(await one.all.list())],
        step: (id) => {
          tried.push(id);
          if (id === 1) return Promise.reject(new Error("This company's work fails."));
          return id === 2 ? Promise.resolve("elsewhere") : one.all.step(id);
        },
      },
      new Served(),
    );
    expect(tried).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it("end with the step under way once they are to stop", async () => {
    const one = work({ 1: 1_000, 2: 1_000 });
    await takeTurns(
      {
        ...one.all,
        step: (id) => {
          if (one.turns.length === 2) one.stop();
          return one.all.step(id);
        },
      },
      new Served(),
    );
    expect(one.turns).toEqual([1, 2, 1]);
  });
});
