import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextPass } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import type { CompanyScope } from "@/db/scope";
import { PORTAL_TURN, inHashQueue } from "@/lib/services/passwords/password-queue";
import { FairQueue, QueueFull, type Place } from "@/lib/services/reports/fair-queue";
import { runList } from "@/lib/services/reports/list-queue";
import { enterReportQueue } from "@/lib/services/reports/report-queue";
import "@/lib/server/front/signed-out-pages";

/** Uses each queue once, so that it is made; that of pages without a session is made with its module. */
beforeAll(async () => {
  const asker = { reader: "user 1", scope: { companyIds: [1] } as unknown as CompanyScope };
  (await enterReportQueue(asker)).leave();
  await runList(asker, () => Promise.resolve());
  await inHashQueue(PORTAL_TURN, () => Promise.resolve());
});

function queuesOfProcess(): FairQueue[] {
  const { winauthmon } = globalThis as unknown as { winauthmon: Map<string, object> };
  return [...winauthmon.values()].flatMap((state) =>
    [state, ...Object.values(state)].filter((one) => one instanceof FairQueue),
  );
}

function timesMade(): number {
  return ["lib", "app"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name)),
    )
    .filter((name) => /\.tsx?$/.test(name))
    .reduce((sum, name) => sum + readFileSync(name, "utf8").split("new FairQueue(").length - 1, 0);
}

interface Asked {
  answer: Promise<Place | Error>;
  leave: AbortController;
}

function ask(queue: FairQueue, reader: string, lane: string): Asked {
  const leave = new AbortController();
  return { leave, answer: queue.enter({ reader, lane }, leave.signal).catch((error: Error) => error) };
}

/** What the answer is by now; undefined while the claim waits. */
const soFar = ({ answer }: Asked) => Promise.race([answer, nextPass(undefined)]);

/** Asks with ever more readers of one lane until one is refused. */
async function fillLane(queue: FairQueue, lane: string): Promise<Asked[]> {
  for (const asked: Asked[] = []; ;) {
    asked.push(ask(queue, `${lane}, reader ${asked.length}`, lane));
    if ((await soFar(asked.at(-1)!)) instanceof Error) return asked;
  }
}

it("knows each queue of the program", () => {
  expect(queuesOfProcess()).toHaveLength(timesMade());
});

it("leaves room in each queue while five lanes are full of readers", async () => {
  for (const queue of queuesOfProcess()) {
    const full: Asked[] = [];
    for (const lane of ["one", "two", "three", "four", "five"]) full.push(...(await fillLane(queue, lane)));
    expect(await full.at(-1)!.answer).toBeInstanceOf(QueueFull);
    const other = ask(queue, "a reader of another", "other");
    expect(await soFar(other)).not.toBeInstanceOf(Error);
    for (const { leave, answer } of [...full, other].toReversed()) {
      leave.abort(new Error("The test is over."));
      const place = await soFar({ leave, answer });
      if (place && !(place instanceof Error)) place.leave();
    }
    await expect.poll(() => queue.counts).toEqual({ running: 0, waiting: 0 });
  }
});
