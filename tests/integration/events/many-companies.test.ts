import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionPool, database } from "@/db/client";
import { insertSite } from "@/db/queries/companies/insert-site";
import { insertEvents, type NewEvent } from "@/db/queries/events/insert-events";
import { constraintName } from "@/lib/errors";
import { erasePerson } from "@/db/queries/privacy/accounts";
import { writeWithin, type KeyAccess } from "@/db/scope";
import { recordEvents } from "@/lib/services/events/record-events";
import { provideOwnDatabase } from "../../support/own-database";
import { isLeftOut, isOnCitusRun, runs } from "../../support/citus";
import { makeCompany, newEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const START = Date.UTC(2026, 1, 3, 8);
const HOUR = 3_600_000;

let companies: TestCompany[];

beforeAll(async () => {
  companies = [await makeCompany("One"), await makeCompany("Two"), await makeCompany("Three")];
  if (isOnCitusRun) return;
  // Notes as whom and for which companies each statement stores events.
  await connectionPool().unsafe(`
    create table noted (companies text, as_role text);
    grant insert on noted to winauthmon_app;
    create function note_scope() returns trigger language plpgsql as $$
    begin
      insert into noted values (current_setting('app.company_ids', true), current_user);
      return null;
    end $$;
    create trigger note_scope before insert on events for each statement execute function note_scope()`);
});
beforeEach(() => (isOnCitusRun ? undefined : database().execute("truncate noted")));

const logon = (user = "anna"): SentEvent => ({ type: "Logon", user, computer: "PC-1", at: START });

async function countEvents(): Promise<number[]> {
  return Promise.all(
    companies.map(async ({ companyId }) => {
      const [row] = await database().execute<{ count: number }>(
        sql`select count(*)::int as count from events where company_id = ${companyId}`,
      );
      return row!.count;
    }),
  );
}

const addedSince = async (before: readonly number[]) =>
  (await countEvents()).map((count, index) => count - before[index]!);

const noted = async () =>
  isOnCitusRun ? [] : [...(await database().execute("select companies, as_role from noted"))];

const scopeOf = (some: readonly TestCompany[]) => ({
  companies: `{${some.map(({ companyId }) => companyId).join()}}`,
  as_role: "winauthmon_app",
});

/** Sends as an agent with a key of the company's site. */
async function send(company: TestCompany, siteId: number, sent: SentEvent): Promise<boolean | string> {
  const { companyId, scope } = company;
  const key = { id: companyId, companyId, siteId, scopes: ["ingest"], isActive: true, expiresAt: null };
  const access: KeyAccess = { scope, key };
  const [{ event }] = newEvents(company, [sent]) as [NewEvent];
  return recordEvents(access, [event]).then(
    ([isNew]) => isNew!,
    (error: Error) => constraintName(error) ?? String(error),
  );
}

async function goneSite({ scope, companyId }: TestCompany): Promise<number> {
  const id = await insertSite(database(), scope, `Gone ${Math.random()}`);
  await database().execute(sql`delete from sites where company_id = ${companyId} and id = ${id}`);
  return id;
}

describe("one commit for several companies", () => {
  it.skipIf(isLeftOut("the test sets a trigger on events"))(
    "holds the scope of exactly the companies whose events it stores",
    async () => {
      const [one, two] = companies as [TestCompany, TestCompany, TestCompany];
      const before = await countEvents();
      expect(
        await Promise.all([send(two, two.siteIds[0]!, logon()), send(one, one.siteIds[0]!, logon())]),
      ).toEqual([true, true]);
      expect(await noted()).toEqual([scopeOf([two, one])]);
      expect(await addedSince(before)).toEqual([1, 1, 0]);
    },
  );

  it("is made apart when one company's events are refused, and the others' are stored", async () => {
    const before = await countEvents();
    const [one, two, three] = companies as [TestCompany, TestCompany, TestCompany];
    const gone = await goneSite(two);
    const answers = await Promise.all([
      send(one, one.siteIds[0]!, logon("bert")),
      send(two, gone, logon("bert")),
      send(two, two.siteIds[0]!, logon("carla")),
      send(three, three.siteIds[0]!, logon("bert")),
    ]);
    expect(answers).toEqual([true, "events_site_fk", true, true]);
    expect(await addedSince(before)).toEqual([1, 1, 1]);
    // Statements that failed left no note.
    expect(await noted()).toEqual(isOnCitusRun ? [] : [scopeOf([one]), scopeOf([two]), scopeOf([three])]);
  });

  it("stores nothing under a site of another company", async () => {
    const before = await countEvents();
    const [one, two, three] = companies as [TestCompany, TestCompany, TestCompany];
    const rows = [...newEvents(one, [logon()]), ...newEvents(two, [logon()])];
    for (const foreign of [two, three]) {
      const stolen = rows.map((row, index) => (index === 0 ? { ...row, siteId: foreign.siteIds[0]! } : row));
      const refusal = await insertEvents(stolen).catch((error: Error) => error);
      expect(constraintName(refusal as Error)).toBe("events_site_fk");
    }
    expect(await addedSince(before)).toEqual([0, 0, 0]);
  });

  it("waits for a site that is being deleted, and stores nothing under it", async () => {
    const before = await countEvents();
    const [one, two] = companies as [TestCompany, TestCompany, TestCompany];
    const site = await insertSite(database(), two.scope, "Leaving");
    const events = [...newEvents(one, [logon()]), ...newEvents({ ...two, siteIds: [site] }, [logon()])];
    let storing: Promise<unknown> = Promise.resolve();
    await database().transaction(async (tx) => {
      await tx.execute(sql`delete from sites where company_id = ${two.companyId} and id = ${site}`);
      storing = insertEvents(events).catch(constraintName);
      await untilWaiting();
    });
    expect(await storing).toBe("events_site_fk");
    expect(await addedSince(before)).toEqual([0, 0, 0]);
  });
});

/** Until a statement that stores events waits for a lock, on whichever node of a cluster. */
async function untilWaiting(): Promise<void> {
  const waiting = isOnCitusRun
    ? "select from citus_lock_waits where blocked_statement ~ 'insert into events '"
    : `select from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query ~ 'insert into events '`;
  await expect.poll(() => connectionPool().unsafe(waiting)).not.toEqual([]);
}

it("stores no event under an account that was erased by another server", async () => {
  const { companyId, scope } = companies[2]!;
  const events = (at: number) => newEvents(companies[2]!, [{ ...logon("erased.user"), at }]);
  const [first] = await insertEvents(events(START));
  // As another server does: this one goes on to know the account by its name.
  await writeWithin(scope, (tx) => erasePerson(tx, scope, first!.accountId));
  const [later] = await insertEvents(events(START + HOUR));
  expect(later!.accountId).not.toBe(first!.accountId);
  const names = await database().execute<{ name: string }>(sql`
    select name from accounts where company_id = ${companyId} and id = any(array[${first!.accountId}::int, ${later!.accountId}::int]) order by id`);
  expect(names.map(({ name }) => name)).toEqual([`Erased account ${first!.accountId}`, "erased.user"]);
});

describe("what events name", () => {
  const parents = ["site", "account", "computer"] as const;

  /** Inserts an event for each company, past the app; the last one's with other parents than its own. */
  async function insertRaw(wrong: Partial<Record<(typeof parents)[number], number>>): Promise<unknown> {
    const rows = await Promise.all(
      companies.map(async ({ companyId, siteIds }, index) => {
        const [own] = await database().execute<{ account: number; computer: number }>(sql`
          select (select min(id) from accounts where company_id = ${companyId}) as account,
            (select min(id) from computers where company_id = ${companyId}) as computer`);
        const named = { site: siteIds[0]!, ...own!, ...(index === companies.length - 1 && wrong) };
        return sql`(${companyId}::int, ${named.site}::int, ${named.account}::int, ${named.computer}::int, 1,
          now(), gen_random_uuid(), 'Logon')`;
      }),
    );
    return database()
      .execute(
        sql`insert into events (company_id, site_id, account_id, computer_id, kind, occurred_at, fingerprint, event_type)
          values ${sql.join(rows, sql`, `)}`,
      )
      .then(
        () => "stored",
        ({ cause }: { cause: Error & { code: string } }) => `${cause.code} ${constraintName(cause)}`,
      );
  }

  beforeAll(async () => {
    await insertEvents(companies.flatMap((company) => newEvents(company, [logon()])));
  });

  it("must exist in the event's own company, whichever of a statement's companies that is", async () => {
    const before = await countEvents();
    expect(await insertRaw({})).toBe("stored");
    for (const parent of parents) {
      for (const id of [2_000_000_000, await foreignId(parent)]) {
        expect(await insertRaw({ [parent]: id })).toBe(`23503 events_${parent}_fk`);
      }
    }
    expect(await addedSince(before)).toEqual([1, 1, 1]);
  });

  it.skipIf(isLeftOut("what stores events looks itself, as there is no trigger"))(
    "is no erased account",
    async () => {
      const { companyId } = companies[2]!;
      const [account] = await database().execute<{ id: number }>(sql`
      insert into accounts (company_id, name, name_key, first_seen_at, last_seen_at, erased_at)
      values (${companyId}, 'erased', 'erased', now(), now(), now()) returning id`);
      expect(await insertRaw({ account: account!.id })).toBe("23503 events_account_fk");
    },
  );

  async function foreignId(parent: (typeof parents)[number]): Promise<number> {
    const [row] = await database().execute<{ id: number }>(
      `select min(id) as id from ${parent}s where company_id = ${companies[0]!.companyId}`,
    );
    return row!.id;
  }
});

/** Events of three companies in a few batches; some are sent twice, in one batch or in several. */
const anyBatches = fc.array(
  fc.array(
    fc.record({
      company: fc.nat(2),
      type: fc.constantFrom("Logon", "Lock", "Unlock", "Logoff", "Sleep", "Shutdown", "4625", "Printed"),
      user: fc.constantFrom("anna", "ANNA", "bert"),
      computer: fc.constantFrom("PC-1", "PC-2"),
      id: fc.nat(20),
    }),
    { minLength: 1, maxLength: 20 },
  ),
  { minLength: 1, maxLength: 4 },
);

type Batches = typeof anyBatches extends fc.Arbitrary<infer T> ? T : never;

/** The rows of a batch and which of the three companies each belongs to. */
function rowsOf(three: readonly TestCompany[], batch: Batches[number]): { rows: NewEvent[]; of: number[] } {
  const rows = batch.flatMap(({ company, id, ...sent }) =>
    newEvents(three[company]!, [
      { ...sent, at: START + ((id * 7) % 9) * HOUR, fields: { EventId: `event ${id}` } },
    ]),
  );
  return { rows, of: batch.map(({ company }) => company) };
}

/** All that is stored for a company, by names and by the order of ids instead of the ids. */
async function storedFor({ companyId }: TestCompany): Promise<unknown> {
  const [row] = await database().execute(sql`
    with own as (
      select e.*, rank() over (order by e.id) as place from events e where company_id = ${companyId}
    ), placed as (
      select p.*, (select place from own where id = p.start_id) as start_place,
        (select place from own where id = p.end_id) as end_place,
        (select place from own where id = p.pause_id) as pause_place
      from presence p where company_id = ${companyId}
    )
    select
      (select json_agg(json_build_array(place, occurred_at, fingerprint, event_type, o.kind, a.name, c.name) order by place)
        from own o join accounts a on a.company_id = o.company_id and a.id = o.account_id
        join computers c on c.company_id = o.company_id and c.id = o.computer_id) as events,
      (select json_agg(json_build_array(bucket_at, kind, count) order by bucket_at, kind) from event_counts
        where company_id = ${companyId}) as counts,
      (select json_agg(json_build_array(c.name, a.name, least(p.account_id, 1), kind, at, first_at, start_at, start_place,
          end_at, end_place, pause_at, pause_place) order by c.name, least(p.account_id, 1), a.name)
        from placed p join computers c on c.company_id = p.company_id and c.id = p.computer_id
        left join accounts a on a.company_id = p.company_id and a.id = p.account_id) as presence,
      (select json_agg(json_build_array(name, name_key) order by name) from accounts
        where company_id = ${companyId}) as accounts`);
  return row;
}

it("stores and answers for several companies together exactly what it would for each alone", async () => {
  await fc.assert(
    fc.asyncProperty(anyBatches, async (batches) => {
      const [together, apart] = await Promise.all(
        ["Together", "Apart"].map((name) => Promise.all([0, 1, 2].map(() => makeCompany(name)))),
      );
      for (const batch of batches) {
        const shared = rowsOf(together!, batch);
        const answers = (await insertEvents(shared.rows)).map((stored) => stored !== null);
        const alone = rowsOf(apart!, batch);
        for (const company of [0, 1, 2]) {
          const isOwn = (_: unknown, index: number) => alone.of[index] === company;
          const stored = await insertEvents(alone.rows.filter(isOwn));
          expect(answers.filter(isOwn)).toEqual(stored.map((row) => row !== null));
        }
      }
      for (const company of [0, 1, 2]) {
        expect(await storedFor(together![company]!)).toEqual(await storedFor(apart![company]!));
      }
    }),
    { numRuns: runs(25) },
  );
});
