import { get } from "node:http";
import type { ServerProcess } from "../support/server-process";
import { findPlainForm, sendPlainForm } from "../support/plain-form";
import type { LoadGenerator } from "./load-generator";
import type { LoadOrder } from "./load-messages";
import { limitFigure, median, plainFigure, type Figure } from "./figures";
import { memoryGrowth } from "./memory-watch";

const PARALLEL = 30;
/** Two people look at pages of a company that the greedy reader has nothing to do with. */
const PAGE_READERS = 2;
const PAUSE_MILLISECONDS = 200;

interface Greedy {
  server: ServerProcess;
  load: LoadGenerator;
  /** Of the greedy reader. */
  readKey: string;
  /** The report that it asks for over and over. */
  report: string;
  /** What agents send meanwhile. */
  order: LoadOrder;
  /** Of a global administrator. */
  password: string;
  /** Of another company. */
  pages: readonly string[];
}

/** One reader asks for thirty reports at once, over and over; what others feel of it, beside the same without. */
export async function greedyReader(bench: Greedy): Promise<Figure[]> {
  const cookie = await signIn(bench.server.port, bench.password);
  const quiet = await readPages(bench, cookie, bench.load.run(bench.order));
  const statuses: Record<string, number> = {};
  const taken: number[] = [];
  let isOver = false;
  const ask = async () => {
    while (!isOver) {
      const startedAt = performance.now();
      const status = await statusOf(bench, bench.report, { "X-API-Key": bench.readKey });
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 200) taken.push(performance.now() - startedAt);
      else await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  };
  let meanwhile: typeof quiet | undefined;
  const growth = await memoryGrowth(bench.server, async () => {
    const asking = Array.from({ length: PARALLEL }, ask);
    const order = { ...bench.order, firstEvent: bench.order.firstEvent + bench.order.requests };
    meanwhile = await readPages(bench, cookie, bench.load.run(order));
    isOver = true;
    await Promise.all(asking);
  });
  const told = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`);
  return [
    limitFigure(
      `${PARALLEL} reports at once by one reader: p99 of agents' POSTs`,
      meanwhile!.agents,
      100,
      "ms",
    ),
    plainFigure("  agents' p99 with nobody else", `${quiet.agents.toFixed(1)} ms`),
    limitFigure("  p99 of another company's pages", quantile(meanwhile!.pages, 0.99), 2_000, "ms"),
    plainFigure(
      "  their p50",
      `${median(meanwhile!.pages).toFixed(0)} ms, ${meanwhile!.pages.length} of them`,
    ),
    plainFigure(
      "  p50 and p99 without reports",
      `${spell(quiet.pages, 0.5)} and ${spell(quiet.pages, 0.99)}`,
    ),
    plainFigure("  the reader's answers", `${told.join(", ")}; a report in ${spell(taken, 0.5)}`),
    ...(growth === null ? [] : [limitFigure("  memory above rest", growth, 600, "MiB")]),
  ];
}

async function readPages(
  bench: Greedy,
  cookie: string,
  load: ReturnType<LoadGenerator["run"]>,
): Promise<{ agents: number; pages: number[] }> {
  const pages: number[] = [];
  let isOver = false;
  const read = async () => {
    for (let at = 0; !isOver; at += 1) {
      const startedAt = performance.now();
      const status = await statusOf(bench, bench.pages[at % bench.pages.length]!, { cookie });
      if (status !== 200) throw new Error(`A page was answered with ${status}.`);
      pages.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  };
  const reading = Promise.all(Array.from({ length: PAGE_READERS }, read));
  const outcome = await load.finally(() => (isOver = true));
  await reading;
  if (outcome.statuses["201"] !== bench.order.requests) throw new Error(JSON.stringify(outcome.statuses));
  return { agents: outcome.latency.p99, pages };
}

/** Reads the answer to its end without keeping it. */
function statusOf({ server }: Greedy, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port: server.port, path, headers }, (response) => {
      response.resume();
      response.on("error", reject);
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    request.on("error", reject);
  });
}

/** Signs superadmin in and gives the cookies. */
export async function signIn(port: number, password: string): Promise<string> {
  const url = `http://127.0.0.1:${port}/login`;
  const page = await fetch(url);
  const form = findPlainForm(url, await page.text(), "login");
  const cookie = (set: readonly string[]) => set.map((text) => text.split(";")[0]!).join("; ");
  const answer = await sendPlainForm(
    form,
    { login: "superadmin", password },
    {
      cookie: cookie(page.headers.getSetCookie()),
    },
  );
  if (answer.cookies.length === 0) throw new Error(`The sign-in was answered with ${answer.status}.`);
  return cookie(answer.cookies);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

function spell(values: readonly number[], part: number): string {
  return `${quantile(values, part).toFixed(0)} ms`;
}
