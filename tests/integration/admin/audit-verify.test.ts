import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { operatorActor } from "@/lib/services/audit/actor";
import { verifyAuditWithin } from "@/lib/services/audit/verify-audit";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

class Undo extends Error {}

/** Verifies the trail after a change to it, which is then undone. */
async function verdictAfter(change: (tx: Transaction, seqs: number[]) => Promise<unknown>) {
  let verdict: Awaited<ReturnType<typeof verifyAuditWithin>> | undefined;
  const changed = database().transaction(async (tx) => {
    const rows = await tx.execute<{ seq: string }>(sql`select seq from audit_log order by seq desc limit 5`);
    await change(tx, rows.map((row) => Number(row.seq)).reverse());
    verdict = await verifyAuditWithin(tx);
    throw new Undo();
  });
  await changed.catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  return verdict!;
}

beforeAll(async () => {
  for (let row = 0; row < 5; row += 1) {
    await database().transaction((tx) =>
      insertAuditRow(tx, {
        ...operatorActor("command line"),
        companyId: null,
        action: "settings.update",
        outcome: "success",
        before: { row, text: 'quoted "text", Ünïcode' },
      }),
    );
  }
});

const columns = [
  ["actor_name", sql`'somebody else'`],
  ["action", sql`'user.delete'`],
  ["outcome", sql`'denied'`],
  ["company_id", sql`4711`],
  ["actor_user_id", sql`4711`],
  ["target_type", sql`'user'`],
  ["target_id", sql`'1'`],
  ["target_name", sql`'x'`],
  ["address", sql`'203.0.113.9'`],
  ["request_id", sql`'r'`],
  ["at", sql`at + interval '1 millisecond'`],
  ["before", sql`'{"row":99}'::jsonb`],
  ["after", sql`'{}'::jsonb`],
] as const;

describe("audit verify", () => {
  it("finds nothing in a trail that nobody touched", async () => {
    expect(await verdictAfter(async () => undefined)).toMatchObject({ ok: true });
  });

  it.each(columns)("finds a row whose %s was altered", async (column, value) => {
    const verdict = await verdictAfter((tx, seqs) =>
      tx.execute(sql`update audit_log set ${sql.identifier(column)} = ${value} where seq = ${seqs[2]}`),
    );
    expect(verdict).toMatchObject({ ok: false, problem: expect.stringContaining("altered") });
  });

  it("finds an altered row whose own hash was made to fit", async () => {
    const verdict = await verdictAfter(async (tx, seqs) => {
      await tx.execute(sql`update audit_log set action = 'user.delete' where seq = ${seqs[1]}`);
      await tx.execute(sql`update audit_log l set hash = audit_row_hash(l) where seq = ${seqs[1]}`);
    });
    expect(verdict).toMatchObject({ ok: false, problem: expect.stringContaining("doesn't follow") });
  });

  it("finds a removed row, and names it", async () => {
    let removed = 0;
    const verdict = await verdictAfter((tx, seqs) => {
      removed = seqs[2]!;
      return tx.execute(sql`delete from audit_log where seq = ${removed}`);
    });
    expect(verdict).toMatchObject({ ok: false, seq: removed, problem: `Row ${removed} is missing.` });
  });

  it.each([1, 3])("finds that the last %i rows were cut off", async (count) => {
    const verdict = await verdictAfter((tx, seqs) =>
      tx.execute(sql`delete from audit_log where seq > ${seqs.at(-1)! - count}`),
    );
    expect(verdict).toMatchObject({ ok: false, problem: expect.stringContaining("at the end are missing") });
  });

  it("finds that the whole trail was removed", async () => {
    const verdict = await verdictAfter((tx) => tx.execute(sql`delete from audit_log`));
    expect(verdict).toMatchObject({ ok: false });
  });

  it("lets the app's role insert and read, never change or remove", async () => {
    for (const statement of [sql`delete from audit_log`, sql`update audit_log set action = 'x'`]) {
      const attempt = database().transaction(async (tx) => {
        await tx.execute(sql`set local role winauthmon_app`);
        await tx.execute(statement);
      });
      await expect(attempt).rejects.toMatchObject({ cause: { code: "42501" } });
    }
  });
});
