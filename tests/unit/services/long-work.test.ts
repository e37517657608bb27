import { availableParallelism } from "node:os";
import { setImmediate as nextPass } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { processState } from "@/lib/process-state";
import { GroupCommit } from "@/lib/services/events/group-commit";
import { runLongStatement } from "@/lib/services/reports/long-statements";
import { TakeTurns } from "@/lib/services/reports/take-turns";

const AT_ONCE = Math.max(1, availableParallelism() - 1);
const shared = processState("event-commit", (): { commit?: unknown } => ({}));

afterEach(() => {
  vi.restoreAllMocks();
  delete shared.commit;
});

function openable<T>() {
  let open!: (value: T) => void;
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

it("runs as many long statements at once as there are processors but one, in the order they were asked for", async () => {
  const gates = Array.from({ length: AT_ONCE + 3 }, () => openable<number>());
  const begun: number[] = [];
  const answers = gates.map(({ opened }, index) =>
    runLongStatement(() => {
      begun.push(index);
      return opened;
    }),
  );
  const first = gates.map((_, index) => index);
  for (let ended = 0; ended < gates.length; ended += 1) {
    await nextPass();
    expect(begun).toEqual(first.slice(0, AT_ONCE + ended));
    gates[ended]!.open(ended);
  }
  expect(await Promise.all(answers)).toEqual(first);
});

it("lets others go on beside a statement that waits for what they hold", async () => {
  const gates = Array.from({ length: AT_ONCE }, () => openable<string>());
  const stuck = gates.map(({ opened }) => runLongStatement(() => opened));
  expect(await runLongStatement(() => Promise.resolve("read"))).toBe("read");
  for (const { open } of gates) open("done");
  expect(await Promise.all(stuck)).toEqual(gates.map(() => "done"));
});

it("lets the next statement run after one that failed", async () => {
  const fail = () => Promise.reject(new Error("refused"));
  const failing = Array.from({ length: AT_ONCE * 2 }, () => runLongStatement(fail));
  expect((await Promise.allSettled(failing)).every(({ status }) => status === "rejected")).toBe(true);
  expect(await runLongStatement(() => Promise.resolve("answered"))).toBe("answered");
});

it("puts long work off while an agent waits for its commit, and not for ever", async () => {
  const { open, opened } = openable<string[]>();
  const commit = new GroupCommit<string, string>(() => opened);
  shared.commit = commit;
  const turns = new TakeTurns(0, undefined);
  await turns.giveWay();
  const answer = commit.add(["event"]);
  // The put-off is not to end by itself here.
  vi.spyOn(performance, "now").mockReturnValue(performance.now());
  const order: string[] = [];
  void answer.then(() => order.push("agent"));
  const put = turns.giveWay().then(() => order.push("report"));
  await nextPass();
  await nextPass();
  expect(order).toEqual([]);
  open(["stored"]);
  await put;
  expect(order).toEqual(["agent", "report"]);

  vi.restoreAllMocks();
  shared.commit = new GroupCommit<string, string>(() => new Promise(() => undefined));
  void (shared.commit as GroupCommit<string, string>).add(["event"]);
  await turns.giveWay();
});
