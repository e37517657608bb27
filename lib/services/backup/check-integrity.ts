import { connect, transactionOver } from "@/db/client";
import { countRows, listIntegrityProblems } from "@/db/backup/integrity";
import { verifyAuditWithin } from "../audit/verify-audit";
import type { BackupManifest } from "./archive-format";

/** What is wrong with a restored database, in words; empty when nothing is. */
export async function checkIntegrity(url: string, manifest: BackupManifest): Promise<string[]> {
  const pool = connect(url, { max: 1, idle_timeout: 0, max_lifetime: null });
  try {
    const problems = await pool.begin("read only", async (sql) => {
      const found = [];
      for (const { name, rows } of manifest.tables) {
        const count = await countRows(sql, name);
        if (count !== rows) found.push(`Table ${name} has ${count} rows where ${rows} were saved.`);
      }
      found.push(...(await listIntegrityProblems(sql)));
      const verdict = await verifyAuditWithin(transactionOver(sql, pool));
      if (!verdict.ok) found.push(`The audit trail is damaged. ${verdict.problem}`);
      return found;
    });
    return problems as string[];
  } finally {
    await pool.end({ timeout: 5 });
  }
}
