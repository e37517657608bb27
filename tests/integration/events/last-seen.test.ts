import { sql, type SQL } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { localIpSql, publicIpSql } from "@/db/queries/events/address-sql";
import { scopesForKeys } from "@/db/scope";
import { parseWireEvent, type WireEvent } from "@/lib/domain/events/wire";
import { flushPendingActivity, markComputerSeen } from "@/lib/services/events/activity";
import { deriveLastSeen } from "@/lib/services/events/derive-last-seen";
import { recordEvents } from "@/lib/services/events/record-events";
import { runs } from "../../support/citus";
import { seenComputer } from "../../support/known-computers";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

// What servers make good at their start is that of all companies, and other suites have hundreds of them.
provideOwnDatabase();

const START = Date.UTC(2026, 1, 3, 8);

const anyEvent = fc.record({
  type: fc.constantFrom("Logon", "Logoff", "4625", "Wake"),
  user: fc.constantFrom("anna", "bert"),
  computer: fc.constantFrom("PC-1", "PC-2"),
  at: fc.nat(12).map((hour) => START + hour * 3_600_000),
  fields: fc.record(
    {
      LocalIP: fc.constantFrom("10.0.0.1", "10.0.0.2", "10.0.0.3"),
      PublicIP: fc.constantFrom("192.0.2.1", "192.0.2.2"),
      AgentVersion: fc.constantFrom("1.0", "2.0", "3.0"),
    },
    { requiredKeys: [] },
  ),
});
/** What one site sends at once, and whether its server writes what it has gathered afterwards. */
const anyArrival = fc.array(
  fc.record({
    site: fc.nat(1),
    isFlushed: fc.boolean(),
    events: fc.array(anyEvent, { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 6 },
);

let sentCount = 0;

function toWire({ type, user, computer, at, fields }: SentEvent): WireEvent {
  sentCount += 1;
  const body = { EventType: type, UserName: user, ComputerName: computer, EventId: `event ${sentCount}` };
  const parsed = parseWireEvent({ ...body, Timestamp: new Date(at).toISOString(), ...fields }, Date.now());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.event;
}

/** The access of some key of the company, as if it were of that site. */
async function accessOf({ companyId, siteIds }: TestCompany, site: number) {
  const [row] = await database().execute<{ digest: string }>(
    sql`select encode(key_digest, 'hex') as digest from app_auth_api_keys where company_id = ${companyId} limit 1`,
  );
  const access = (await scopesForKeys([Buffer.from(row!.digest, "hex")]))[0]!;
  return { ...access, key: { ...access.key, siteId: siteIds[site]! } };
}

/** What is stored of accounts and computers, and what their events come to: the newest that tells a thing decides. */
async function storedAndTrue({ companyId }: TestCompany): Promise<[unknown[], unknown[]]> {
  const stored = await database().execute(sql`
    select name, first_seen_at, last_seen_at, null::int as site_id, null as local_ip, null as public_ip, null as version
    from accounts where company_id = ${companyId}
    union all
    select name, first_seen_at, last_seen_at, site_id, last_local_ip, last_public_ip, agent_version
    from computers where company_id = ${companyId} order by name`);
  const newest = (value: SQL) =>
    sql`(array_agg(${value} order by occurred_at desc, e.id desc) filter (where ${value} is not null))[1]`;
  const told = await database().execute(sql`
    select a.name, min(occurred_at) as first_seen_at, max(occurred_at) as last_seen_at, null::int as site_id,
      null as local_ip, null as public_ip, null as version
    from events e join accounts a on a.company_id = e.company_id and a.id = e.account_id
    where e.company_id = ${companyId} group by a.name
    union all
    select c.name, min(occurred_at), max(occurred_at), ${newest(sql`e.site_id`)}, ${newest(localIpSql)},
      ${newest(publicIpSql)}, ${newest(sql`e.agent_version`)}
    from events e join computers c on c.company_id = e.company_id and c.id = e.computer_id
    where e.company_id = ${companyId} group by c.name order by name`);
  return [[...stored], [...told]];
}

test("the newest event decides on site, addresses, agent version and times, whatever arrives in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(anyArrival, async (arrival) => {
      const company = await makeCompany("Newest event", 2);
      for (const { site, isFlushed, events } of arrival) {
        await recordEvents(await accessOf(company, site), events.map(toWire));
        if (isFlushed) await flushPendingActivity();
      }
      await flushPendingActivity();
      const [stored, told] = await storedAndTrue(company);
      expect(stored).toEqual(told);
    }),
    { numRuns: runs(40) },
  );
});

test("what a killed server had gathered but not written is made good from the events, and not again", async () => {
  await fc.assert(
    fc.asyncProperty(anyArrival, async (arrival) => {
      await database().execute(sql`delete from events`);
      const company = await makeCompany("Killed", 2);
      for (const { site, isFlushed, events } of arrival) {
        // Stored without the marks that a living server writes later.
        if (!isFlushed)
          await storeEvents(
            company,
            events.map((event) => ({ ...event, site })),
          );
        else await recordEvents(await accessOf(company, site), events.map(toWire));
        await flushPendingActivity();
      }
      await deriveLastSeen();
      const [stored, told] = await storedAndTrue(company);
      expect(stored).toEqual(told);
      await deriveLastSeen();
      expect((await storedAndTrue(company))[0]).toEqual(told);
    }),
    { numRuns: runs(15) },
  );
});

test("what can't be written of one company leaves no other unwritten, and is written once it can be", async () => {
  const companies = await Promise.all([makeCompany("First"), makeCompany("Refused"), makeCompany("Last")]);
  const mark = (company: TestCompany, lastAt: number, clockSkewMs: number | null) =>
    markComputerSeen(seenComputer(company, { name: "PC-1", lastAt, clockSkewMs }));
  const stored = () =>
    Promise.all(
      companies.map(async ({ companyId }) => {
        const rows = await database().execute(sql`select from computers where company_id = ${companyId}`);
        return rows.length;
      }),
    );
  // No bigint holds so much.
  companies.forEach((company, place) => mark(company, START, place === 1 ? 1e300 : null));
  await flushPendingActivity();
  expect(await stored()).toEqual([1, 0, 1]);
  mark(companies[1]!, START + 1, 0);
  await flushPendingActivity();
  expect(await stored()).toEqual([1, 1, 1]);
});
