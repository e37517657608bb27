import type { RawSql } from "@/db/client";
import { limitFigure, median, plainFigure, ratioFigure, type Figure } from "./figures";
import { summarise } from "./load-run";
import type { LiveOutcome } from "./soak-live";
import { LIMIT_PER_MINUTE, type Limited } from "./soak-limits";
import type { Acknowledged, Acknowledgements, SoakOutcome } from "./soak-messages";
import type { ReadOutcome } from "./soak-readers";
import type { Served } from "./soak-servers";

const EVENTS_PER_SECOND = 3_000;
/** A kill is felt for as long as agents take to send again. */
const FELT_MILLISECONDS = 10_000;
/** Seconds at either end of a life whose memory is compared. */
const MEMORY_SECONDS = 60;
const MOST_GROWTH = 64;

export interface Soaked {
  seconds: number;
  outcome: SoakOutcome;
  /** The most that PostgreSQL had. */
  connections: number;
  limited: Limited;
  served: Served[];
  kills: { at: number; backAt: number; server: number }[];
  read: ReadOutcome;
  live: LiveOutcome;
}

export interface Stored {
  events: number;
  /** Acknowledged and not stored; stored twice; stored without having been acknowledged in the end. */
  lost: number;
  doubled: number;
  unknown: number;
  /** By how many the quarter-hour counts differ from the events. */
  miscounted: number;
}

/** What is stored of each agent, beside what it had acknowledged. */
export async function readStored(sql: RawSql, agents: readonly Acknowledged[]): Promise<Stored> {
  const rows = await sql<{ computer: string; events: number; times: number }[]>`
    select c.name as computer, count(*)::int as events, count(distinct e.occurred_at)::int as times
    from events e join computers c on c.company_id = e.company_id and c.id = e.computer_id
    where c.name like 'SOAK-%' group by 1`;
  const [all] = await sql<{ events: number; counted: number }[]>`
    select events, counted from (select count(*)::int as events from events) stored,
      (select sum(count)::int as counted from event_counts) summed`;
  const byComputer = new Map(rows.map((row) => [row.computer, row]));
  const stored = { events: all!.events, lost: 0, doubled: 0, unknown: 0 };
  for (const { computer, events } of agents) {
    const { events: found, times } = byComputer.get(computer) ?? { events: 0, times: 0 };
    stored.lost += Math.max(0, events - times);
    stored.unknown += Math.max(0, times - events);
    stored.doubled += found - times;
  }
  return { ...stored, miscounted: Math.abs(all!.events - all!.counted) };
}

export function soakFigures(soaked: Soaked & { hasRedis: boolean }, stored: Stored): Figure[] {
  const { outcome, seconds, kills, connections } = soaked;
  const back = kills.map(({ at, backAt }) => (backAt - at) / 1000);
  return [
    ratioFigure("events acknowledged ÷ sent", outcome.inTime / seconds, EVENTS_PER_SECOND, 0.98),
    none("  acknowledged and lost", stored.lost),
    none("  stored twice", stored.doubled),
    none("  stored, never acknowledged", stored.unknown),
    none("  missing in, or too many of, the quarter-hour counts", stored.miscounted),
    plainFigure("  stored in all", stored.events.toLocaleString("en")),
    plainFigure("servers killed and back", `${kills.length}, back after ${median(back).toFixed(1)} s`),
    plainFigure(
      "  requests sent again",
      `${spell(outcome.retries)}; ${outcome.duplicates} events stored already`,
    ),
    ...latencies("single events", outcome.singles, kills),
    ...latencies("batches of 100", outcome.batches, kills),
    ...readFigures(soaked.read),
    ...liveFigures(soaked.live),
    limitFigureOf(soaked.limited, soaked.hasRedis),
    plainFigure("most connections of PostgreSQL", String(connections)),
    ...soaked.served.flatMap((served, index) =>
      serverFigures(served, index, soaked.read.byServer[index] ?? 0),
    ),
    ...memoryFigure(soaked.served[0]!),
    ...errorFigures(soaked.served),
  ];
}

function limitFigureOf({ allowed, seconds }: Limited, hasRedis: boolean): Figure {
  const name = `4,000 requests with one key over all servers, limit ${LIMIT_PER_MINUTE}: let through`;
  if (!hasRedis) return plainFigure(name, `${allowed}; without Redis each server counts for itself`);
  // Where a minute is over, the limit has begun anew.
  if (seconds > 50) return plainFigure(name, `${allowed} in ${seconds.toFixed(0)} s: too slow to tell`);
  // The limit slides: as much of it is free again as of the minute has gone by.
  return limitFigure(name, allowed, Math.ceil(LIMIT_PER_MINUTE * (1 + seconds / 60)) + 1, "");
}

function none(name: string, value: number): Figure {
  return { name, value: String(value), floor: "", ratio: "", target: "0", isMet: value === 0 };
}

function latencies(
  name: string,
  { dueAt, milliseconds }: Acknowledgements,
  kills: Soaked["kills"],
): Figure[] {
  const isFelt = (at: number) =>
    kills.some((kill) => at > kill.at - 1_000 && at < kill.at + FELT_MILLISECONDS);
  const all = [...milliseconds];
  const calm = all.filter((_, index) => !isFelt(dueAt[index]!));
  const text = (values: readonly number[]) => {
    const { p50, p99, max } = summarise(values);
    return `${p50.toFixed(0)}, ${p99.toFixed(0)}, ${max.toFixed(0)} ms`;
  };
  return [
    plainFigure(`${name}: from due to acknowledged, p50, p99, longest`, text(all)),
    plainFigure("  without the 10 s after each kill", text(calm)),
  ];
}

function readFigures({ taken, statuses }: ReadOutcome): Figure[] {
  const wrong = Object.entries(statuses).filter(
    ([status]) => !["200", "429", "503", "cut off"].includes(status),
  );
  const times = Object.entries(taken).map(([kind, values]) => {
    const { p50, p99 } = summarise(values);
    return plainFigure(
      `  ${kind}: p50, p99`,
      `${p50.toFixed(0)}, ${p99.toFixed(0)} ms, ${values.length} of them`,
    );
  });
  return [
    plainFigure("answers to reports and exports", spell(statuses)),
    none(
      "  other than whole, refused or cut off by a kill",
      wrong.reduce((sum, [, count]) => sum + count, 0),
    ),
    ...times,
  ];
}

function liveFigures({ milliseconds, missed }: LiveOutcome): Figure[] {
  const { p50, max } = summarise(milliseconds);
  return [
    plainFigure(
      "live feed of server 1, events stored by others: p50, longest",
      `${p50.toFixed(0)}, ${max.toFixed(0)} ms, ${milliseconds.length} of them`,
    ),
    none("  events that it did not show", missed),
  ];
}

function serverFigures({ starts, events, jobs, memory }: Served, index: number, read: number): Figure[] {
  const runs = Object.values(jobs).reduce((sum, count) => sum + count, 0);
  const resident = memory
    ? `memory ${[memory.first, memory.last, memory.peak].map((value) => value.toFixed(0)).join(", ")} MiB`
    : "";
  const text = `${events.toLocaleString("en")} events, ${read} reports and exports, ${runs} jobs; ${resident}`;
  return [
    plainFigure(
      `server ${index + 1}: ${starts} ${starts === 1 ? "life" : "lives"}; memory first, last, peak`,
      text,
    ),
  ];
}

/** Of the server that lived through: the middle of its last minute above that of its first. */
function memoryFigure({ memory }: Served): Figure[] {
  const samples = memory?.samples ?? [];
  if (samples.length < 2 * MEMORY_SECONDS) return [];
  const growth = median(samples.slice(-MEMORY_SECONDS)) - median(samples.slice(0, MEMORY_SECONDS));
  return [limitFigure("server 1: memory of its last minute above its first", growth, MOST_GROWTH, "MiB")];
}

function errorFigures(served: readonly Served[]): Figure[] {
  const counts: Record<string, number> = {};
  for (const text of served.flatMap(({ errors }) => errors)) counts[text] = (counts[text] ?? 0) + 1;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [
    none("errors that servers logged", total),
    ...Object.entries(counts).map(([text, count]) => plainFigure(`  ${text}`, String(count))),
  ];
}

function spell(counts: Record<string, number>): string {
  const parts = Object.entries(counts).map(([what, count]) => `${count} × ${what}`);
  return parts.join(", ") || "none";
}
