import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { refreshNames, refreshPresence } from "@/db/queries/events/refresh-derived";
import { writeWithin } from "@/db/scope";
import { operatorActor } from "@/lib/services/audit/actor";
import { verifyAudit } from "@/lib/services/audit/verify-audit";
import { previewCompanyRetention, previewPortalRetention } from "@/lib/services/retention/preview-retention";
import { logonsQuery } from "@/lib/domain/reports/logons";
import { ianaZone } from "@/lib/domain/zones";
import { readLogons } from "@/lib/services/reports/logons";
import { runRetention } from "@/lib/services/retention/run-retention";
import { followStoredOf } from "../../support/detecting";
import { addAgedAuditRow, addAgedError, setCompanyRetention, setSettings } from "../../support/aged-records";
import { eventually } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";
import { wrongCounts } from "../../support/wrong-counts";

provideOwnDatabase();

const actor = operatorActor("scheduled job");
const never = new AbortController().signal;
const DAY = 86_400_000;
const KINDS = ["Logon", "Lock", "Unlock", "Logoff", "Sleep", "Odd"];
const admin = { actor: { userId: 0, globalRole: "GlobalAdmin", memberships: [] } };

// One moment all along: no midnight falls between what is expected and what is done.
beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() }));
afterAll(() => void vi.useRealTimers());
beforeAll(() => setSettings({ timeZone: "UTC" }));
beforeEach(() =>
  setSettings({ eventRetentionDays: null, errorRetentionDays: null, auditRetentionDays: null }),
);

/** Events over `days` days back from now, `perDay` a day, of a few people and computers. */
function history(days: number, perDay: number): SentEvent[] {
  return Array.from({ length: days * perDay }, (_, n) => ({
    type: KINDS[n % KINDS.length]!,
    user: `person ${n % 7}`,
    computer: `pc ${n % 5}`,
    at: Date.now() - Math.floor((n * DAY) / perDay) - 1000,
    site: n % 2,
  }));
}

async function storedTimes({ companyId }: TestCompany): Promise<number[]> {
  const rows = await database().execute<{ ms: string }>(
    sql`select extract(epoch from occurred_at) * 1000 as ms from events where company_id = ${companyId} order by 1`,
  );
  return rows.map(({ ms }) => Number(ms));
}

const cutoffOf = (days: number) => Math.floor(Date.now() / DAY) * DAY - days * DAY;

describe("retention", () => {
  it("deletes exactly what is before the cut-off, of each company by its own days, and keeps the counts true", async () => {
    const [own, inheriting, keeping] = await Promise.all([
      makeCompany("Own days", 2),
      makeCompany("Portal's days", 2),
      makeCompany("Nearly for ever", 2),
    ]);
    await setSettings({ eventRetentionDays: 20 });
    await setCompanyRetention(own, { events: 5 });
    await setCompanyRetention(keeping, { events: 36_500 });
    const sent = history(30, 60);
    for (const company of [own, inheriting, keeping]) await storeEvents(company, sent);
    const expected = (days: number) =>
      sent
        .map(({ at }) => at)
        .filter((at) => at >= cutoffOf(days))
        .toSorted((a, b) => a - b);

    await runRetention(actor, never);

    expect(await storedTimes(own)).toEqual(expected(5));
    expect(await storedTimes(inheriting)).toEqual(expected(20));
    expect(await storedTimes(keeping)).toHaveLength(sent.length);
    for (const company of [own, inheriting, keeping]) expect(await wrongCounts(company)).toBe(0);
  });

  it("tells beforehand in numbers what it then deletes", async () => {
    const company = await makeCompany("Preview", 2);
    await storeEvents(company, history(30, 40));
    await addAgedError(company.companyId, 40);
    await addAgedError(company.companyId, 4);
    const days = { eventRetentionDays: 10, errorRetentionDays: 30, auditRetentionDays: null };
    const preview = await previewCompanyRetention(company, days);
    const before = (await storedTimes(company)).length;
    await setCompanyRetention(company, { events: 10, errors: 30 });
    const outcome = await runRetention(actor, never);
    const left = await storedTimes(company);
    expect(preview.events).toEqual({ count: before - left.length, before: cutoffOf(10) });
    expect(preview.events.count).toBe(outcome.events);
    expect(preview.errors.count).toBe(1);
    expect(outcome.errors).toBe(1);
    expect(preview.audit).toEqual({ count: 0, before: null });
  });

  it("counts for the portal what every company without days of its own would lose", async () => {
    const portalDays = { eventRetentionDays: 3, errorRetentionDays: null, auditRetentionDays: null };
    const earlier = await previewPortalRetention(admin, portalDays);
    const [own, inheriting] = await Promise.all([makeCompany("Own", 2), makeCompany("Inheriting", 2)]);
    await setCompanyRetention(own, { events: 36_500 });
    for (const company of [own, inheriting]) await storeEvents(company, history(10, 12));
    const old = (await storedTimes(inheriting)).filter((at) => at < cutoffOf(3)).length;
    const preview = await previewPortalRetention(admin, portalDays);
    expect(preview.events.count - earlier.events.count).toBe(old);
  });

  it("forgets accounts, computers, what rules learned of them, and presence nobody has heard of since, and only those", async () => {
    const company = await makeCompany("Names");
    const { companyId } = company;
    await storeEvents(company, [
      { type: "Logon", user: "gone", computer: "scrapped", at: Date.now() - 30 * DAY },
      { type: "Logon", user: "here", computer: "new", at: Date.now() - 30 * DAY },
      { type: "Logon", user: "here", computer: "new", at: Date.now() - DAY },
    ]);
    await database().execute(
      sql`update computers set last_seen_at = (select max(occurred_at) from events e where e.company_id = ${companyId} and e.computer_id = computers.id) where company_id = ${companyId}`,
    );
    await database().execute(
      sql`update accounts set last_seen_at = (select max(occurred_at) from events e where e.company_id = ${companyId} and e.account_id = accounts.id) where company_id = ${companyId}`,
    );
    await followStoredOf(company);
    await setCompanyRetention(company, { events: 10 });
    await runRetention(actor, never);
    const names = async (table: string) => {
      const rows = await database().execute<{ name: string }>(
        sql`select name from ${sql.identifier(table)} where company_id = ${companyId}`,
      );
      return rows.map(({ name }) => name);
    };
    expect(await names("accounts")).toEqual(["here"]);
    expect(await names("computers")).toEqual(["new"]);
    const learned = await database().execute<{ key: string }>(sql`
      select split_part(subject_key, ':', 1) as key from detection_states
      where company_id = ${companyId} and rule = 'habits' order by 1`);
    expect(learned.map(({ key }) => key)).toEqual(["account", "company", "computer"]);
    const [presence] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from presence where company_id = ${companyId}`,
    );
    expect(presence!.count).toBe(1);
    // The name may come back, also on a server that had its id cached.
    await storeEvents(company, [{ type: "Logon", user: "gone", computer: "scrapped", at: Date.now() }]);
    expect((await names("accounts")).toSorted()).toEqual(["gone", "here"]);
  });

  it("leaves the day an account and a computer were first seen, also when all is derived anew", async () => {
    const company = await makeCompany("First seen");
    const first = Date.now() - 40 * DAY;
    const at = (time: number): SentEvent => ({ type: "Logon", user: "olga", computer: "pc", at: time });
    await storeEvents(company, [at(first), at(Date.now() - 2 * DAY)]);
    await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
    const seen = async () =>
      (
        await database().execute<{ ms: string }>(sql`
          select extract(epoch from first_seen_at) * 1000 as ms from accounts where company_id = ${company.companyId}
          union all
          select extract(epoch from first_seen_at) * 1000 from computers where company_id = ${company.companyId}
          union all
          select extract(epoch from first_at) * 1000 from presence where company_id = ${company.companyId}`)
      ).map(({ ms }) => Number(ms));
    expect(await seen()).toEqual([first, first, first]);
    await setCompanyRetention(company, { events: 10 });
    expect(await runRetention(actor, never)).toMatchObject({ events: 1 });
    await writeWithin(company.scope, async (tx) => {
      await refreshNames(tx, company.scope);
      await refreshPresence(tx, company.scope);
    });
    expect(await seen()).toEqual([first, first, first]);
  });

  it("leaves a computer known to whoever used it since the cut-off, and new to others who come back", async () => {
    const company = await makeCompany("New again");
    const logon = (user: string, computer: string, daysAgo: number): SentEvent => ({
      type: "Logon",
      user,
      computer,
      at: Date.now() - daysAgo * DAY,
    });
    await storeEvents(company, [
      logon("olga", "kept", 40),
      logon("olga", "left", 40),
      logon("olga", "kept", 5),
      logon("pavel", "left", 5),
    ]);
    await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
    await setCompanyRetention(company, { events: 10 });
    const newComputers = async (to: number, daysBack: number) => {
      const rows = await readLogons(company.scope, {
        query: logonsQuery.parse({}),
        range: { from: to - daysBack * DAY, to },
        zone: ianaZone("UTC"),
        now: Date.now(),
      });
      return Object.fromEntries(rows.map(({ name, newComputers: count }) => [name, count]));
    };
    const isNew = { olga: 0, pavel: 1 };
    expect(await newComputers(Date.now(), 20)).toEqual(isNew);
    expect(await runRetention(actor, never)).toMatchObject({ events: 2 });
    expect(await newComputers(Date.now(), 20)).toEqual(isNew);
    await storeEvents(company, [logon("olga", "kept", 1), logon("olga", "left", 1)]);
    expect(await newComputers(Date.now(), 2)).toEqual({ olga: 1 });
  });

  it("loses nothing of what arrives meanwhile, though it is broken off again and again", async () => {
    const company = await makeCompany("Busy", 2);
    await storeEvents(company, history(40, 150));
    await setCompanyRetention(company, { events: 10 });
    const arrived: number[] = [];
    let isOver = false;
    const arrivals = (async () => {
      for (let n = 0; !isOver; n += 1) {
        // Young ones, and every tenth an old one that its computer had kept.
        const at = Date.now() - (n % 10 === 0 ? 35 * DAY : (n % 9) * DAY);
        await storeEvents(company, [
          { type: "Unlock", user: `new ${n % 20}`, computer: "pc 1", at, site: n % 2 },
        ]);
        arrived.push(at);
      }
    })();
    const countOld = async () => (await storedTimes(company)).filter((at) => at < cutoffOf(10)).length;
    const kept = (await storedTimes(company)).filter((at) => at >= cutoffOf(10)).length;
    const left: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const [before, stop] = [await countOld(), new AbortController()];
      const running = runRetention(actor, stop.signal);
      await eventually("some are deleted", async () => (await countOld()) < before || before < 100);
      stop.abort();
      await running;
      left.push(await countOld());
    }
    expect(left[0]).toBeGreaterThan(100);
    await runRetention(actor, never);
    isOver = true;
    await arrivals;
    const young = arrived.filter((at) => at >= cutoffOf(10)).length;
    expect(arrived.length).toBeGreaterThan(10);
    expect((await storedTimes(company)).filter((at) => at >= cutoffOf(10))).toHaveLength(kept + young);
    await runRetention(actor, never);
    expect((await storedTimes(company)).filter((at) => at < cutoffOf(10))).toEqual([]);
    expect(await wrongCounts(company)).toBe(0);
  });
});

describe("retention of the audit trail", () => {
  async function seqsOf(companyId: number | null): Promise<number[]> {
    const rows = await database().execute<{ seq: string }>(
      sql`select seq from audit_log where company_id is not distinct from ${companyId}
        and action = 'company.update' order by seq`,
    );
    return rows.map(({ seq }) => Number(seq));
  }
  async function linksLeft(): Promise<number> {
    const [row] = await database().execute<{ count: number }>(
      sql`select count(*)::int as count from audit_removed`,
    );
    return row!.count;
  }

  it("removes one company's rows from between those that stay, and the chain can still be checked", async () => {
    const [short, long] = await Promise.all([makeCompany("Short"), makeCompany("Long")]);
    for (let n = 0; n < 12; n += 1) {
      await addAgedAuditRow(short.companyId, 40);
      await addAgedAuditRow(long.companyId, 40);
      await addAgedAuditRow(null, 40);
    }
    await addAgedAuditRow(short.companyId, 2);
    await setCompanyRetention(short, { audit: 30 });
    const outcome = await runRetention(actor, never);
    expect(outcome.audit).toBe(12);
    expect(await seqsOf(short.companyId)).toHaveLength(1);
    expect(await seqsOf(long.companyId)).toHaveLength(12);
    expect(await linksLeft()).toBe(12);
    expect(await verifyAudit()).toMatchObject({ ok: true });
    const [telling] = await database().execute<{ company_id: number; actor_name: string }>(
      sql`select company_id, actor_name from audit_log where action = 'audit.retention'`,
    );
    expect(telling).toEqual({ company_id: short.companyId, actor_name: "scheduled job" });

    // Once the others' go too, nothing needs the links any more: the chain begins later.
    await setSettings({ auditRetentionDays: 30 });
    await runRetention(actor, never);
    expect(await seqsOf(long.companyId)).toEqual([]);
    expect(await verifyAudit()).toMatchObject({ ok: true });
    await addAgedAuditRow(null, 31);
    await runRetention(actor, never);
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });

  it("stays checkable when whole runs of rows go, time after time, in small batches", async () => {
    const company = await makeCompany("Rounds");
    for (let round = 0; round < 4; round += 1) {
      for (let n = 0; n < 15; n += 1) await addAgedAuditRow(n % 3 ? company.companyId : null, 60 - round);
      await setSettings({ auditRetentionDays: 50 - round });
      await setCompanyRetention(company, { audit: 10 + round * 20 });
      await runRetention(actor, never);
      expect(await verifyAudit()).toMatchObject({ ok: true });
    }
  });

  class Undo extends Error {}
  async function verdictAfter(
    change: (
      tx: Parameters<Parameters<ReturnType<typeof database>["transaction"]>[0]>[0],
    ) => Promise<unknown>,
  ) {
    const { verifyAuditWithin } = await import("@/lib/services/audit/verify-audit");
    let verdict: Awaited<ReturnType<typeof verifyAuditWithin>> | undefined;
    await database()
      .transaction(async (tx) => {
        await change(tx);
        verdict = await verifyAuditWithin(tx);
        throw new Undo();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undo)) throw error;
      });
    return verdict!;
  }

  it("finds rows that were removed under cover of a lawful removal", async () => {
    const company = await makeCompany("Cover");
    await addAgedAuditRow(null, 1);
    for (let n = 0; n < 4; n += 1) await addAgedAuditRow(company.companyId, 90);
    await addAgedAuditRow(company.companyId, 1);
    await setSettings({ auditRetentionDays: null });
    await setCompanyRetention(company, { audit: 60 });
    await runRetention(actor, never);
    expect(await linksLeft()).toBeGreaterThan(0);
    expect(await verdictAfter(async () => undefined)).toMatchObject({ ok: true });
    const last = (await seqsOf(company.companyId)).at(-1)!;
    const hidden = await verdictAfter(async (tx) => {
      await tx.execute(sql`insert into audit_removed (seq, hash, removed_by)
        select l.seq, l.hash, (select max(removed_by) from audit_removed) from audit_log l where l.seq = ${last}`);
      await tx.execute(sql`delete from audit_log where seq = ${last}`);
    });
    expect(hidden).toMatchObject({
      ok: false,
      problem: expect.stringContaining("record all rows that were removed"),
    });
    const rebased = await verdictAfter(async (tx) => {
      await tx.execute(
        sql`update audit_chain set base_seq = ${last}, base_hash = (select hash from audit_log where seq = ${last})`,
      );
      await tx.execute(sql`delete from audit_removed where seq <= ${last}`);
      await tx.execute(sql`delete from audit_log where seq <= ${last}`);
    });
    expect(rebased).toMatchObject({ ok: false, problem: expect.stringContaining("no row records") });
    const relinked = await verdictAfter((tx) =>
      tx.execute(
        sql`update audit_removed set hash = repeat('0', 64) where seq = (select min(seq) from audit_removed)`,
      ),
    );
    expect(relinked).toMatchObject({ ok: false });
  });
});
