import { setTimeout as delay } from "node:timers/promises";
import type { DemoEvent } from "./day";
import { demoAgentVersion } from "./fleet";

export interface Agent {
  serverUrl: string;
  apiKey: string;
}

const MAX_TRIES = 30;

/** Posts JSON as an agent does, waiting and trying again when told to. @throws Error with the server's words. */
async function post(agent: Agent, path: string, body: unknown): Promise<Record<string, unknown>> {
  for (let attempt = 1; ; attempt++) {
    const response = await tryPost(agent, path, body);
    if (response.ok) return (await response.json()) as Record<string, unknown>;
    const isPassing = response.status === 429 || response.status === 503;
    if (!isPassing || attempt === MAX_TRIES)
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    await delay(Math.min(Number(response.headers.get("retry-after") ?? 1), 60) * 1000);
  }
}

async function tryPost(agent: Agent, path: string, body: unknown): Promise<Response> {
  const headers = { "X-API-Key": agent.apiKey, "Content-Type": "application/json" };
  return fetch(new URL(path, agent.serverUrl), { method: "POST", headers, body: JSON.stringify(body) });
}

export const BATCH_SIZE = 1000;

/** Sends events through the batch endpoint; answers how many were new. */
export async function sendBatch(agent: Agent, events: readonly DemoEvent[]): Promise<number> {
  const answer = await post(agent, "/api/log_events", { events: events.map((event) => event.body) });
  const rejected = answer.rejected as { message: string }[];
  if (rejected.length > 0)
    throw new Error(`The server refused an event of the demo: ${rejected[0]!.message}`);
  return Number(answer.accepted);
}

export async function sendOne(agent: Agent, event: DemoEvent): Promise<void> {
  await post(agent, "/api/log_event", event.body);
}

/** `told` is what the agent says besides: its clock, what it gave up. */
export async function sendHealth(agent: Agent, computerName: string, told: object = {}): Promise<void> {
  const AgentVersion = demoAgentVersion(computerName);
  await post(agent, "/api/health", { ComputerName: computerName, AgentVersion, SpoolLength: 0, ...told });
}
