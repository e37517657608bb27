import { setTimeout as pause } from "node:timers/promises";
import { logger } from "@/lib/logger";
import type { Followed } from "./follow-company";

const LONGEST_REST_MILLISECONDS = 1_000;

/** Work of many companies that take turns. */
export interface Turns {
  /** The companies that have something to do now, in any order. */
  list(): Promise<number[]>;
  /** Does a little of a company's work. */
  step(companyId: number): Promise<Followed>;
  /** Stops the work when raised. */
  signal: AbortSignal;
  /** A rest follows a step, so many times as long as the step took; null for none. */
  rests(isMore: boolean): number | null;
  /** Called before each step; whether companies are to be listed anew. */
  look?(): Promise<boolean>;
}

/** Which turn each company had last. */
export class Served {
  readonly #turns = new Map<number, number>();
  #turn = 0;

  note(companyId: number): void {
    this.#turn += 1;
    this.#turns.set(companyId, this.#turn);
  }

  /** 0 for a company that had none. */
  turnOf(companyId: number): number {
    return this.#turns.get(companyId) ?? 0;
  }
}

/**
 * Gives companies turns until none has more, those first that had theirs longest ago. A company that comes up meanwhile
 * has its turn in the same round, so it waits for one step of each of the others and never for all of their work.
 */
export async function takeTurns(turns: Turns, served: Served): Promise<void> {
  for (let isMore = true; isMore;) {
    isMore = false;
    const tried = new Set<number>();
    let waiting: number[] | null = null;
    for (;;) {
      if (turns.signal.aborted) return;
      if ((await turns.look?.()) || waiting === null) waiting = inTurn(await turns.list(), served, tried);
      const companyId = waiting.shift();
      if (companyId === undefined) break;
      tried.add(companyId);
      served.note(companyId);
      isMore = (await stepAndRest(companyId, turns)) || isMore;
    }
  }
}

function inTurn(companies: readonly number[], served: Served, tried: ReadonlySet<number>): number[] {
  return companies
    .filter((id) => !tried.has(id))
    .toSorted((a, b) => served.turnOf(a) - served.turnOf(b) || a - b);
}

async function stepAndRest(companyId: number, { step, rests, signal }: Turns): Promise<boolean> {
  const begunAt = performance.now();
  const isMore = await stepOf(companyId, step);
  const times = rests(isMore);
  if (times !== null)
    await rest(Math.min((performance.now() - begunAt) * times, LONGEST_REST_MILLISECONDS), signal);
  return isMore;
}

/** A company whose work fails does not keep the others waiting. */
async function stepOf(companyId: number, step: Turns["step"]): Promise<boolean> {
  try {
    return (await step(companyId)) === "more";
  } catch (error) {
    logger.error({ err: error, companyId }, "Can't check a company's events against its rules; trying again");
    return false;
  }
}

/** Ends at once when the signal is raised. */
export async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
