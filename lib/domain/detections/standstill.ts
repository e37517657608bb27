import { z } from "zod";

const MINUTE = 60_000;
/** Rules that have not moved for so long, although events wait, stand still. */
const STILL_MS = 30 * MINUTE;
/** A longer gap between two looks means that the servers were down, and rules with them. */
const GAP_MS = 25 * MINUTE;

/** Rules for which events wait. */
export interface WaitingRules {
  /** null for those of all companies. */
  companyId: number | null;
  /** How far they have come; another text once they have moved. */
  mark: string;
}

const stand = z.object({ mark: z.string(), since: z.number() });

/** Where rules stood at a look while events waited, and since which look they had been there. Epoch milliseconds. */
export const standsSchema = z.object({ lookedAt: z.number(), stands: z.record(z.string(), stand) });
export type Stands = z.output<typeof standsSchema>;

/** What standing rules are called: `all`, or `company:<id>`. */
export const standName = (companyId: number | null) => (companyId === null ? "all" : `company:${companyId}`);

/** Where the waiting rules stand now. `known` is from the look before, null for none; a gap begins anew. */
export function noteStands(known: Stands | null, waiting: readonly WaitingRules[], now: number): Stands {
  const isUseful = known !== null && known.lookedAt <= now && now - known.lookedAt <= GAP_MS;
  const stands = waiting.map(({ companyId, mark }) => {
    const name = standName(companyId);
    const before = isUseful ? known.stands[name] : undefined;
    return [name, before?.mark === mark ? before : { mark, since: now }] as const;
  });
  return { lookedAt: now, stands: Object.fromEntries(stands) };
}

/** Since when those of the rules stand still that do, in the order given; epoch milliseconds. */
export function findStill<Rules extends Pick<WaitingRules, "companyId">>(
  { lookedAt, stands }: Stands,
  waiting: readonly Rules[],
): (Rules & { since: number })[] {
  return waiting
    .map((rules) => ({ ...rules, since: stands[standName(rules.companyId)]?.since ?? lookedAt }))
    .filter(({ since }) => lookedAt - since >= STILL_MS);
}

/** How long the rules that have stood for longest have not moved, in seconds; 0 if none wait. */
export function longestStand({ lookedAt, stands }: Stands): number {
  return Math.max(0, ...Object.values(stands).map(({ since }) => (lookedAt - since) / 1000));
}
