import { API_KEY, onBenchServer } from "./bench-server";
import { median, perSecond, plainFigure, type Figure } from "./figures";

const CONNECTIONS = 64;
const ROUNDS = 3;

/** Measures the health checks that agents send every five minutes, over 64 connections: how many one server answers. */
export function benchHealth(requests: number): Promise<Figure[]> {
  return onBenchServer(async ({ server, load }) => {
    const rounds = [];
    // The first round makes the computers and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const order = { port: server.port, apiKey: API_KEY, requests, connections: CONNECTIONS };
      const outcome = await load.run({ ...order, eventsPerRequest: 0, firstEvent: 0, since: 0 });
      if (outcome.statuses["200"] !== requests) throw new Error(JSON.stringify(outcome.statuses));
      if (round > 0) rounds.push(outcome);
    }
    const speed = median(rounds.map(({ seconds }) => requests / seconds));
    const p99 = median(rounds.map(({ latency }) => latency.p99));
    return [
      plainFigure(`health checks, ${CONNECTIONS} connections`, perSecond(speed)),
      plainFigure("  p99", `${p99.toFixed(1)} ms`),
    ];
  });
}
