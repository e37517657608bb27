import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { flushActivity, type SeenComputer } from "@/db/queries/events/flush-activity";
import { refreshNames } from "@/db/queries/events/refresh-derived";
import { writeWithin } from "@/db/scope";
import { nameKey } from "@/lib/domain/events/wire";
import { purgeEventsBefore } from "@/lib/services/companies/purge-company";
import { operatorContext } from "@/lib/services/context";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

const DAY = 86_400_000;
/** A full quarter of an hour, so that a purge need not move it back. */
const CUT = Math.floor(Date.now() / DAY) * DAY - 10 * DAY;
const purge = (company: TestCompany, before = CUT) =>
  purgeEventsBefore({ ...operatorContext("command line"), scope: company.scope }, new Date(before));

const event = (
  days: number,
  user: string,
  computer: string,
  type = "Logon",
  fields: Record<string, unknown> = {},
): SentEvent => ({ type, user, computer, at: CUT + days * DAY, fields });

const OLD: SentEvent[] = [
  event(-30, "gone", "PC-gone"),
  event(-30, "stays", "PC-1", "Logon", { LocalIP: "10.0.0.1", AgentVersion: "1.0" }),
  event(-29, "moved", "PC-1"),
  event(-28, "stays", "PC-1", "Sleep"),
  event(-27, "gone", "PC-health", "Lock", { LocalIP: "10.0.0.7", PublicIP: "198.51.100.7" }),
];
const KEPT: SentEvent[] = [
  event(0, "stays", "PC-1", "Lock", { PublicIP: "198.51.100.1" }),
  event(2, "stays", "PC-1", "Unlock"),
  event(3, "moved", "PC-2", "Logon", { LocalIP: "10.0.0.2", AgentVersion: "2.0" }),
];

/** What a server writes of the health check of a computer that has sent no event since. */
async function checkHealth({ scope, siteIds }: TestCompany, at: number): Promise<void> {
  const nothing = { localIp: null, publicIp: null, spoolLength: 0, droppedFailures: null };
  const seen: SeenComputer = {
    ...nothing,
    scope,
    siteId: siteIds[0]!,
    name: "PC-health",
    nameKey: nameKey("PC-health"),
    firstAt: at,
    lastAt: at,
    healthAt: at,
    agentVersion: "3.0",
    droppedSessions: null,
    clockSkewMs: 0,
  };
  await flushActivity([], [], [seen]);
}

async function store(company: TestCompany, events: readonly SentEvent[]): Promise<TestCompany> {
  await storeEvents(company, events);
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  return company;
}

/** Accounts, computers and presence of a company, by names. */
async function derivedOf({ companyId }: TestCompany): Promise<unknown[][]> {
  const rows = [
    sql`select name, first_seen_at, last_seen_at from accounts where company_id = ${companyId} order by 1`,
    sql`select name, site_id is not null as has_site, first_seen_at, last_seen_at, last_health_at, last_local_ip, local_ip_at,
        last_public_ip, public_ip_at, agent_version, agent_version_at
      from computers where company_id = ${companyId} order by 1`,
    sql`select c.name as computer, coalesce(a.name, p.account_id::text) as account, p.kind, p.at, p.first_at, p.start_at, p.end_at,
        p.pause_at
      from presence p join computers c on c.company_id = ${companyId} and c.id = p.computer_id
        left join accounts a on a.company_id = ${companyId} and a.id = p.account_id
      where p.company_id = ${companyId} order by 1, 2`,
  ];
  return Promise.all(rows.map(async (select) => [...(await database().execute(select))]));
}

it("a purge of old events leaves what those that are left, and health checks, tell by themselves", async () => {
  const purged = await store(await makeCompany("Purged"), [...OLD, ...KEPT]);
  const fresh = await store(await makeCompany("Fresh"), KEPT);
  for (const company of [purged, fresh]) await checkHealth(company, CUT + DAY);
  expect(await purge(purged)).toEqual({ events: OLD.length });
  const derived = await derivedOf(fresh);
  expect(derived.map((rows) => rows.length)).toEqual([2, 3, 2]);
  expect(await derivedOf(purged)).toEqual(derived);
  expect(await purge(purged)).toEqual({ events: 0 });
  expect(await derivedOf(purged)).toEqual(derived);
});

it("a purge keeps what is known of computers whose last health check is older than it", async () => {
  const purged = await store(await makeCompany("Old health"), [...OLD, event(1, "stays", "PC-health")]);
  await checkHealth(purged, CUT - 2 * DAY);
  await purge(purged);
  const [, computers] = await derivedOf(purged);
  expect(computers).toMatchObject([{ name: "PC-health", agent_version: "3.0", last_local_ip: null }]);
});

describe("a purge of all events, also of those that a wrong clock put ahead,", () => {
  const tagsOf = ({ companyId }: TestCompany) =>
    database().execute(sql`select tag from computer_tags where company_id = ${companyId}`);

  it.each([
    ["just now", Date.now()],
    ["before the oldest event", CUT - 90 * DAY],
  ])("keeps a computer whose health was checked %s, with its tags", async (_, checkedAt) => {
    const company = await makeCompany("Health alone");
    await checkHealth(company, checkedAt);
    await database().execute(sql`
      insert into computer_tags (company_id, computer_id, tag, has_tag)
      select ${company.companyId}, id, 'server', true from computers where company_id = ${company.companyId}`);
    await store(company, [...OLD, ...KEPT]);
    await purge(company, Date.now() + 2 * DAY);
    const [accounts, computers] = await derivedOf(company);
    const at = new Date(checkedAt);
    expect(accounts).toEqual([]);
    expect(computers).toMatchObject([{ name: "PC-health", agent_version: "3.0" }]);
    expect(
      computers!.map((row) =>
        ["first_seen_at", "last_seen_at", "last_health_at"].map(
          (name) => new Date((row as Record<string, string>)[name]!),
        ),
      ),
    ).toEqual([[at, at, at]]);
    expect([...(await tagsOf(company))]).toEqual([{ tag: "server" }]);
  });
});

it("the names of a purge come back with new events", async () => {
  const company = await store(await makeCompany("Again"), OLD);
  await purge(company);
  expect(await derivedOf(company)).toEqual([[], [], []]);
  await store(company, [...OLD, ...KEPT]);
  const fresh = await store(await makeCompany("Once"), [...OLD, ...KEPT]);
  expect(await derivedOf(company)).toEqual(await derivedOf(fresh));
});
