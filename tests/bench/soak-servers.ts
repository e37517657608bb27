import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startServerProcess, type ServerProcess } from "../support/server-process";
import { API_KEY } from "./bench-server";

const SERVERS = 4;
const METRICS_TOKEN = "soak-metrics-of-a-bench";
const DOWN_MILLISECONDS = 3_000;
/** How long a server runs before its memory is looked at: it has loaded its code and made its pools by then. */
const WARM_MILLISECONDS = 20_000;
const MEBIBYTE = 1024 * 1024;

/** Resident memory in MiB. */
interface Memory {
  first: number;
  last: number;
  peak: number;
  samples: number[];
}

/** What one of the servers did, over all its lives. */
export interface Served {
  starts: number;
  events: number;
  jobs: Record<string, number>;
  /** Of its longest life. */
  memory: Memory | null;
  /** What it logged as an error, without times. */
  errors: string[];
}

interface Slot {
  process: ServerProcess;
  isUp: boolean;
  startedAt: number;
  memory: Memory | null;
  /** Of this life, as it last said. */
  counted: Counted;
  served: Served;
}

interface Counted {
  events: number;
  jobs: Record<string, number>;
}

const NOTHING: Counted = { events: 0, jobs: {} };

/** Four servers of one database. The first lives as long as the bench; the others are killed now and then. */
export class SoakServers {
  #slots: Slot[] = [];
  readonly #environment: Record<string, string>;
  /** When servers were killed and were back, epoch milliseconds. */
  readonly kills: { at: number; backAt: number; server: number }[] = [];

  constructor(
    readonly folder: string,
    environment: Record<string, string>,
  ) {
    this.#environment = {
      HOST: "127.0.0.1",
      INITIAL_API_KEY: API_KEY,
      METRICS_TOKEN,
      LOG_LEVEL: "warn",
      ...environment,
    };
  }

  async start(): Promise<void> {
    const started = await Promise.all(Array.from({ length: SERVERS }, (_, index) => this.#launch(index, 0)));
    this.#slots = started.map((process) => ({
      process,
      isUp: true,
      startedAt: Date.now(),
      memory: null,
      counted: NOTHING,
      served: { starts: 1, events: 0, jobs: {}, memory: null, errors: [] },
    }));
  }

  get ports(): number[] {
    return this.#slots.map(({ process }) => process.port);
  }

  /** The ports of servers other than the first that take requests at present. */
  get othersUp(): number[] {
    return this.#slots.slice(1).flatMap(({ isUp, process }) => (isUp ? [process.port] : []));
  }

  /** Kills one of the others without a warning and starts it again on its port. */
  async killOne(): Promise<void> {
    const index = 1 + Math.floor(Math.random() * (SERVERS - 1));
    const slot = this.#slots[index]!;
    await this.#count(slot);
    slot.isUp = false;
    const at = Date.now();
    await slot.process.end("SIGKILL");
    this.#endLife(slot);
    await pause(DOWN_MILLISECONDS);
    slot.process = await this.#launch(index, slot.process.port);
    Object.assign(slot, { isUp: true, startedAt: Date.now(), memory: null, counted: NOTHING });
    slot.served.starts += 1;
    this.kills.push({ at, backAt: Date.now(), server: index });
  }

  /** Looks at the memory of every server, and at what it counted when `isCounting`. */
  async look(isCounting: boolean): Promise<void> {
    for (const slot of this.#slots) {
      if (!slot.isUp || Date.now() - slot.startedAt < WARM_MILLISECONDS) continue;
      const resident = await slot.process.residentBytes();
      if (resident) noteMemory(slot, resident.now / MEBIBYTE);
      if (isCounting) await this.#count(slot);
    }
  }

  async stop(): Promise<Served[]> {
    await Promise.all(this.#slots.map((slot) => this.#count(slot)));
    await Promise.all(this.#slots.map((slot) => slot.process.end("SIGTERM")));
    for (const slot of this.#slots) this.#endLife(slot);
    return this.#slots.map(({ served }) => served);
  }

  /** When something went wrong before `stop`. */
  async abandon(): Promise<void> {
    await Promise.all(this.#slots.map(({ process }) => process.end("SIGKILL")));
  }

  #launch(index: number, port: number): Promise<ServerProcess> {
    return startServerProcess(path.resolve("dist/server.mjs"), {
      ...this.#environment,
      DATA_DIR: path.join(this.folder, `server-${index + 1}`),
      PORT: String(port),
    });
  }

  async #count(slot: Slot): Promise<void> {
    const headers = { Authorization: `Bearer ${METRICS_TOKEN}` };
    const url = `http://127.0.0.1:${slot.process.port}/api/metrics`;
    const text = await fetch(url, { headers }).then(
      (answer) => answer.text(),
      () => null,
    );
    if (text !== null) slot.counted = readCounted(text);
  }

  #endLife({ served, counted, memory, process }: Slot): void {
    served.events += counted.events;
    for (const [job, runs] of Object.entries(counted.jobs)) served.jobs[job] = (served.jobs[job] ?? 0) + runs;
    if (memory && memory.samples.length >= (served.memory?.samples.length ?? 0)) served.memory = memory;
    served.errors.push(...errorsIn(process.said()));
  }
}

function noteMemory(slot: Slot, now: number): void {
  slot.memory ??= { first: now, last: now, peak: now, samples: [] };
  slot.memory.last = now;
  slot.memory.peak = Math.max(slot.memory.peak, now);
  slot.memory.samples.push(now);
}

function readCounted(text: string): Counted {
  const jobs: Record<string, number> = {};
  for (const [, job, runs] of text.matchAll(
    /^winauthmon_job_runs_total\{job="([^"]+)",outcome="done"\} (\d+)/gm,
  )) {
    jobs[job!] = Number(runs);
  }
  const events = /^winauthmon_events_total\{outcome="accepted"\} (\d+)/m.exec(text)?.[1];
  return { events: Number(events ?? 0), jobs };
}

/** The messages of errors (pino's level 50 and above). */
function errorsIn(said: string): string[] {
  return said.split("\n").flatMap((line) => {
    if (!/"level":(?:"error"|"fatal"|[56]0)/.test(line)) return [];
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [`${msg ?? ""}: ${err?.message ?? ""}`.slice(0, 160)];
  });
}
