import { Agent, get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Balancer } from "./balancer";

const PAUSE_MILLISECONDS = 1_000;

export interface ReadOutcome {
  /** Whole answers of each kind, milliseconds. */
  taken: Record<string, number[]>;
  /** By status; "cut off" for an answer or connection that ended early. */
  statuses: Record<string, number>;
  /** Whole answers of each server. */
  byServer: number[];
}

/** Reports and files that people and programs read through the load balancer, one company after the other. */
export class SoakReaders {
  readonly outcome: ReadOutcome = { taken: {}, statuses: {}, byServer: [] };
  #isOver = false;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(
    readonly balancer: Balancer,
    readonly readKeys: readonly string[],
  ) {}

  start(): void {
    const from = new Date(Date.now() - 60_000).toISOString();
    const range = () => new URLSearchParams({ from, to: new Date().toISOString(), tz: "Europe/London" });
    const reports = ["time-spent", "logons", "time-spent", "inactive"];
    const report = (turn: number) => `/api/v1/reports/${reports[turn % reports.length]!}?${range()}`;
    const file = (turn: number) => `/api/v1/events?format=${turn % 4 === 3 ? "xlsx" : "csv"}&${range()}`;
    const readers = [
      this.#repeat("report", report),
      this.#repeat("report", report),
      this.#repeat("export", file),
    ];
    this.#reading = Promise.all(readers);
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#reading;
  }

  async #repeat(kind: string, address: (turn: number) => string): Promise<void> {
    const { statuses, taken } = this.outcome;
    for (let turn = Math.floor(Math.random() * 64); !this.#isOver; turn += 1) {
      const startedAt = performance.now();
      const answer = await this.#read(address(turn), this.readKeys[turn % this.readKeys.length]!);
      statuses[answer] = (statuses[answer] ?? 0) + 1;
      if (answer === "200") (taken[kind] ??= []).push(performance.now() - startedAt);
      await pause(PAUSE_MILLISECONDS);
    }
  }

  #read(path: string, apiKey: string): Promise<string> {
    const agent = new Agent({ keepAlive: false });
    return new Promise((resolve) => {
      const headers = { "X-API-Key": apiKey };
      const request = get(
        { host: "127.0.0.1", port: this.balancer.port, path, headers, agent },
        (response) => {
          const server = this.balancer.serverOf(response.socket.localPort);
          response.resume();
          response.on("error", () => resolve("cut off"));
          response.on("end", () => {
            const status = String(response.statusCode);
            if (status === "200" && server !== undefined) {
              this.outcome.byServer[server] = (this.outcome.byServer[server] ?? 0) + 1;
            }
            resolve(status);
          });
        },
      );
      request.on("error", () => resolve("cut off"));
    });
  }
}
