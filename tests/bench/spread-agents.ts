import type { RawSql } from "@/db/client";
import type { ServerProcess } from "../support/server-process";
import type { LoadGenerator } from "./load-generator";
import type { LoadOutcome } from "./load-messages";
import { ACCOUNT_COUNT, type Spread } from "./sample-events";

const CONNECTIONS = 64;
const BATCH_CONNECTIONS = 4;
/** How many accounts there are at most in all: a thousand companies are small ones. */
export const ALL_ACCOUNTS = 20_000;

export type KeyedSpread = Spread & { apiKeys: string[] };

interface Target {
  server: ServerProcess;
  sql: RawSql;
  load: LoadGenerator;
}

/** Agents of several companies that take turns at one server, and what they have sent. */
export class SpreadAgents {
  #nextEvent = 0;
  #sentEvents = 0;
  readonly #since = Date.now() - 6 * 3_600_000;

  constructor(readonly target: Target) {}

  async make(
    companies: number,
    most = Math.min(ACCOUNT_COUNT, ALL_ACCOUNTS / companies),
  ): Promise<KeyedSpread> {
    const accounts = 2 * Math.floor(most / 2);
    return { companies, accounts, apiKeys: await makeCompanies(this.target.sql, companies, accounts) };
  }

  /** Names every account once, as the agents of a day before have. */
  async warmUp(spread: KeyedSpread): Promise<void> {
    const perRequest = Math.min(spread.accounts, ACCOUNT_COUNT);
    await this.post(spread, (spread.companies * spread.accounts) / perRequest, perRequest);
    await this.post(spread, Math.max(spread.companies, 2_000), 1);
  }

  /** @throws Error when any answer was not the expected one: a refused event must not count as speed. */
  async post(spread: KeyedSpread, requests: number, eventsPerRequest: number): Promise<LoadOutcome> {
    const firstEvent = this.#nextEvent;
    // Every company's last turn may not come to an end; its numbers are then left out.
    this.#nextEvent += Math.ceil(requests / spread.companies) * spread.companies * eventsPerRequest;
    const outcome = await this.target.load.run({
      port: this.target.server.port,
      apiKey: "",
      spread,
      requests,
      connections: eventsPerRequest === 1 ? CONNECTIONS : BATCH_CONNECTIONS,
      eventsPerRequest,
      firstEvent,
      since: this.#since,
    });
    const expected = eventsPerRequest === 1 ? "201" : "200";
    if (outcome.statuses[expected] !== requests) {
      throw new Error(
        `Expected ${requests} answers of ${expected}, got ${JSON.stringify(outcome.statuses)}.`,
      );
    }
    this.#sentEvents += requests * eventsPerRequest;
    return outcome;
  }

  async assertAllStored(): Promise<void> {
    const [events] = await this.target.sql<{ count: string }[]>`select count(*) from events`;
    const [counted] = await this.target.sql<
      { count: string }[]
    >`select sum(count) as count from event_counts`;
    if (Number(events!.count) !== this.#sentEvents || Number(counted!.count) !== this.#sentEvents) {
      throw new Error(
        `${events!.count} events are stored and ${counted!.count} counted where ${this.#sentEvents} should be.`,
      );
    }
  }
}

/** Makes companies with one site each and gives the keys of their agents. Citus takes one table in a statement. */
async function makeCompanies(sql: RawSql, count: number, accounts: number): Promise<string[]> {
  const made = await sql<{ id: number }[]>`
    insert into app_auth_companies (name) select 'Bench ' || ${count}::int || ' of ' || ${accounts}::int || '/' || n
    from generate_series(1, ${count}::int) n returning id`;
  const ids = made.map(({ id }) => id).sort((a, b) => a - b);
  await sql`insert into tenants select unnest(${ids}::int[])`;
  const sites = await sql<{ company_id: number; id: number }[]>`
    insert into sites (company_id, name) select unnest(${ids}::int[]), 'HO' returning company_id, id`;
  const rows = await sql<{ company_id: number; key: string }[]>`
    with keyed as (
      select *, encode(sha256(convert_to('bench ' || company_id, 'UTF8')), 'hex') as key
      from unnest(${sites.map((site) => site.company_id)}::int[], ${sites.map(({ id }) => id)}::int[]) as site (company_id, id)
    ), stored as (
      insert into app_auth_api_keys (company_id, site_id, key_digest, key_encrypted)
      select company_id, id, sha256(convert_to(key, 'UTF8')), '' from keyed
    )
    select company_id, key from keyed order by company_id`;
  return rows.map(({ key }) => key);
}
