import { setImmediate as nextPass } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { isAppError } from "@/lib/errors";
import { GroupCommit, type GroupCommitOptions } from "@/lib/services/events/group-commit";

interface Item {
  company: number;
  name: string;
}

const item = (company: number, name: string): Item => ({ company, name });

/** A group commit whose commits are noted and fail while one of the names is among them. */
function opened(bad: readonly string[] = [], code = "23514") {
  const commits: string[][] = [];
  const group = new GroupCommit<Item, string>(
    async (items) => {
      await new Promise((resolve) => setImmediate(resolve));
      commits.push(items.map(({ name }) => name));
      if (items.some(({ name }) => bad.includes(name))) {
        throw Object.assign(new Error("refused"), { code, name: "PostgresError" });
      }
      return items.map(({ name }) => `${name} stored`);
    },
    { partOf: ({ company }) => company },
  );
  const send = (...items: Item[]) =>
    group.add(items).then(
      (results) => results.join(),
      (error: Error) => error.message,
    );
  return { group, commits, send };
}

describe("what is committed together", () => {
  it("answers everyone after one commit of all companies", async () => {
    const { commits, send } = opened();
    const answers = [send(item(1, "a")), send(item(2, "b"), item(2, "c")), send(item(1, "d"))];
    expect(await Promise.all(answers)).toEqual(["a stored", "b stored,c stored", "d stored"]);
    expect(commits).toEqual([["a", "b", "c", "d"]]);
  });

  it("is tried apart by company when it fails, and only a failing company's units one by one", async () => {
    const { commits, send } = opened(["e"]);
    const sent = [item(1, "a"), item(2, "b"), item(1, "c"), item(2, "d"), item(3, "e"), item(3, "f")];
    const answers = await Promise.all(sent.map((one) => send(one)));
    expect(answers).toEqual(["a stored", "b stored", "c stored", "d stored", "refused", "f stored"]);
    expect(commits.slice(1)).toEqual([["a", "c"], ["b", "d"], ["e", "f"], ["e"], ["f"]]);
  });

  it("is not tried apart in an outage: nobody's would be stored", async () => {
    const { commits, send, group } = opened(["a"], "57P01");
    expect(await Promise.all([send(item(1, "a")), send(item(2, "b"))])).toEqual(["refused", "refused"]);
    expect(commits).toHaveLength(1);
    expect(group.isIdle).toBe(true);
  });

  it("is tried apart by company, and no further, while a node of the database is away", async () => {
    const { commits, send } = opened(["a"], "08006");
    const answers = [item(1, "a"), item(1, "b"), item(2, "c")].map((one) => send(one));
    expect(await Promise.all(answers)).toEqual(["refused", "refused", "c stored"]);
    expect(commits).toEqual([["a", "b", "c"], ["a", "b"], ["c"]]);
  });

  it.each(["53100", "57014"])(
    "is tried apart by company, and no further, while the database is held up: %s",
    async (code) => {
      const { commits, send } = opened(["a"], code);
      const answers = [item(1, "a"), item(1, "b"), item(2, "c")].map((one) => send(one));
      expect(await Promise.all(answers)).toEqual(["refused", "refused", "c stored"]);
      expect(commits).toEqual([["a", "b", "c"], ["a", "b"], ["c"]]);
    },
  );

  it("is given up after two companies' statements have taken too long, for each takes half a minute", async () => {
    const { commits, send, group } = opened(["a", "b"], "57014");
    const answers = [item(1, "a"), item(2, "b"), item(3, "c"), item(4, "d")].map((one) => send(one));
    expect(await Promise.all(answers)).toEqual(["refused", "refused", "refused", "refused"]);
    expect(commits).toEqual([["a", "b", "c", "d"], ["a"], ["b"]]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(group.isIdle).toBe(true);
    expect(await send(item(3, "c"))).toBe("c stored");
  });

  it("is tried apart by all companies when the disk is full: on a cluster another's has room", async () => {
    const { send } = opened(["a", "b", "c"], "53100");
    const answers = [item(1, "a"), item(2, "b"), item(3, "c"), item(4, "d")].map((one) => send(one));
    expect(await Promise.all(answers)).toEqual(["refused", "refused", "refused", "d stored"]);
  });

  it("is tried apart to the last unit after a protocol violation, which is no outage", async () => {
    const { send } = opened(["a"], "08P01");
    const answers = [item(1, "a"), item(1, "b"), item(2, "c")].map((one) => send(one));
    expect(await Promise.all(answers)).toEqual(["refused", "b stored", "c stored"]);
  });

  it("is tried once more as it is after a deadlock", async () => {
    const { commits, send } = opened(["a"], "40P01");
    expect(await Promise.all([send(item(1, "a")), send(item(2, "b"))])).toEqual(["refused", "b stored"]);
    expect(commits).toEqual([["a", "b"], ["a", "b"], ["a"], ["a"], ["b"]]);
  });

  it("goes on with what came meanwhile", async () => {
    const { send, group } = opened(["a"]);
    const first = [send(item(1, "a")), send(item(2, "b"))];
    await new Promise((resolve) => setImmediate(resolve));
    const later = send(item(3, "c"));
    expect(await Promise.all([...first, later])).toEqual(["refused", "b stored", "c stored"]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(group.isIdle).toBe(true);
  });
});

/** A group commit whose commits end one by one when they are told to, with what each caller has been answered by then. */
function held(options: Partial<GroupCommitOptions<Item>> = { partOf: ({ company }) => company }) {
  const begun: { items: readonly Item[]; end(): void }[] = [];
  const group = new GroupCommit<Item, string>(
    (items) =>
      new Promise((resolve) => begun.push({ items, end: () => resolve(items.map(({ name }) => name)) })),
    options,
  );
  const send = (company: number, count: number) =>
    group.add(Array.from({ length: count }, (_, index) => item(company, `${company}.${index}`))).then(
      () => "stored",
      (error: Error) => (isAppError(error) ? `${error.code} ${error.retryAfterSeconds}` : error.message),
    );
  /** Sends units of one company until one is refused; gives the refusal. */
  const fill = async (company: number, count: number) => {
    for (;;) {
      const answer = await Promise.race([send(company, count), nextPass("waits")]);
      if (answer !== "waits") return answer;
    }
  };
  const endAll = async () => {
    while (begun.length > 0 || !group.isIdle) {
      begun.shift()?.end();
      await nextPass();
    }
  };
  return { group, begun, send, fill, endAll };
}

describe("what one company has waiting", () => {
  it.each([1, 7, 1_000])("leaves room for another, in units of %i", async (count) => {
    const { group, begun, send, fill, endAll } = held();
    expect(await fill(1, count)).toBe("limited 2");
    expect(group.waitingItems).toBeGreaterThan(10_000);
    const underWay = begun.length;
    const others = send(2, 1);
    begun[0]!.end();
    await nextPass();
    const next = begun[underWay]!;
    expect(next.items.filter(({ company }) => company === 2)).toHaveLength(1);
    next.end();
    expect(await others).toBe("stored");
    begun.splice(underWay, 1);
    await endAll();
  });

  it("leaves room for one more while a dozen companies have as much as they may", async () => {
    const { group, begun, send, fill, endAll } = held();
    for (let company = 1; company <= 12; company += 1) expect(await fill(company, 100)).toBe("limited 2");
    const underWay = begun.length;
    const others = send(99, 1);
    begun[0]!.end();
    await nextPass();
    expect(begun[underWay]!.items.filter(({ company }) => company === 99)).toHaveLength(1);
    expect(group.waitingItems).toBeGreaterThan(40_000);
    begun[underWay]!.end();
    expect(await others).toBe("stored");
    begun.splice(underWay, 1);
    await endAll();
  });

  it("is stored in turn with the others' as long as they send on", async () => {
    const { begun, send } = held({ partOf: ({ company }) => company, parallelFromItems: Infinity });
    const backlog = Array.from({ length: 3 }, () => send(1, 1_000));
    await nextPass();
    const ofFirst: number[] = [];
    for (let round = 0; ofFirst.length < 2 && round < 10; round += 1) {
      for (let company = 2; company <= 5; company += 1) void send(company, 250);
      const commit = begun.shift()!;
      if (commit.items.some(({ company }) => company === 1)) ofFirst.push(round);
      commit.end();
      await nextPass();
    }
    // Four others' rounds of 250 come to as much as one of its units.
    expect(ofFirst).toHaveLength(2);
    begun.shift()!.end();
    expect(await backlog[0]).toBe("stored");
  });

  it("is refused as the server's where nobody shares the queue", async () => {
    const { group, fill, endAll } = held({});
    expect(await fill(1, 1_000)).toBe("unavailable 2");
    expect(group.waitingItems).toBe(50_000);
    await endAll();
  });
});
