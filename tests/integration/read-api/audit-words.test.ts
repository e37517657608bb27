import { afterAll, expect, it, vi } from "vitest";
import { closeDatabase } from "@/db/client";
import { AUDIT_ACTORS, AUDIT_TARGETS } from "@/lib/domain/audit-names";
import { RULES } from "@/lib/domain/detections/rules";
import { ianaZone } from "@/lib/domain/zones";
import { inEnglish } from "@/lib/english";
import { fileCellWords } from "@/lib/export/word-cells";
import { auditLines } from "@/lib/server/audit-lines";
import { auditTable } from "@/lib/server/audit-table";
import type { AuditEntry } from "@/lib/services/audit/read-audit";
import { readerOf } from "@/lib/texts";
import { PORTAL_ADMINISTRATOR } from "../../support/ask-table";
import { makeCompany } from "../../support/stored-events";

const ZONE = ianaZone("Europe/Berlin");
const GERMAN = readerOf("de", ZONE);
vi.mock("@/lib/server/texts/words", async (original) => ({
  ...(await original<object>()),
  getReader: async () => GERMAN,
}));

afterAll(() => closeDatabase());

const PLAIN: Omit<AuditEntry, "seq"> = {
  at: Date.UTC(2026, 0, 5, 10),
  company: null,
  actorUserId: 5,
  actorName: "anna",
  action: "site.create",
  outcome: "success",
  targetType: null,
  targetId: null,
  targetName: null,
  address: "192.0.2.9",
  requestId: null,
  before: null,
  after: null,
  hash: "0",
};
const RULE = inEnglish(RULES.find(({ name }) => name === "password-spray")!.title);

/** A row for each way in which an actor, a target, an action, or an outcome is told. */
const ENTRIES: AuditEntry[] = [
  ...[...AUDIT_ACTORS, "maria", null].map((actorName) => ({ actorUserId: null, actorName })),
  ...AUDIT_TARGETS.flatMap((targetType) => [
    { targetType, targetId: "7" },
    { targetType, targetId: null },
    { targetType, targetId: "7", targetName: "Own <name>" },
  ]),
  { targetType: "session", targetId: "9a1f" },
  { targetType: "session", targetId: "9a1f", actorName: null, actorUserId: null },
  { targetType: "rule", targetId: "password-spray", targetName: RULE },
  { targetType: "alert", targetId: "7", targetName: RULE },
  { targetType: "report", targetId: "time-spent" },
  { targetType: "no-such-type", targetId: "7", action: "no.such.action" },
  { action: "denied", outcome: "failure" },
  { action: "site:manage", outcome: "denied" },
  { before: { isActive: true, name: "Old" }, after: { isActive: false, name: "New" } },
  { company: { id: 77, name: null } },
].map((change, seq) => ({ ...PLAIN, ...change, seq }));

async function* once(entries: readonly AuditEntry[]) {
  yield entries;
}

it("a PDF of the trail says what the screen says, for each kind of actor, target, action, and outcome", async () => {
  const { scope } = await makeCompany("Worded trail");
  const table = auditTable(once(ENTRIES), { format: "pdf", zone: ZONE, range: null, reader: GERMAN });
  const words = fileCellWords(table.columns, ZONE, GERMAN);
  const printed: Record<string, unknown>[] = [];
  for await (const batch of table.batches()) {
    for (const cells of batch) {
      const row = words.row(cells);
      printed.push(Object.fromEntries(table.columns.map(({ id }, at) => [id, row[at]])));
    }
  }
  const lines = await auditLines(ENTRIES, { actor: PORTAL_ADMINISTRATOR, scope, isPortal: true });
  expect(printed).toEqual(
    lines.map(({ seq, at, company, ...line }) => ({
      "audit.number": seq,
      "audit.time": at,
      "audit.company": company && "Gelöschtes Unternehmen 77",
      "audit.actor": line.actorName,
      "audit.action": line.actionText,
      "audit.targetName": line.targetName ?? line.target,
      "audit.changes": line.changeText,
      "audit.outcome": line.outcomeText,
      "audit.address": line.address,
    })),
  );
  const cells = printed.flatMap((row) => Object.values(row));
  expect(cells).toEqual(
    expect.arrayContaining(["Geplante Aufgabe", "Kennwort-Spraying", "Sitzung von anna", "maria"]),
  );
  expect(cells).not.toContain("scheduled job");
});
