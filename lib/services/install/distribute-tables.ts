import { findOthers } from "@/db/backup/usage";
import { closeDatabase, connect } from "@/db/client";
import { distributeBy, type Distribution } from "@/db/distribute";
import { stopListening } from "@/db/pg-notify";
import { tryToTakeSetUpLock } from "@/db/set-up-lock";
import { assertNoOthers, notAlone } from "./assert-no-others";

/**
 * Distributes this installation's tables over its Citus cluster, with what they hold.
 *
 * @throws AppError `conflict` while a server runs or starts, which would go on as if nothing had moved; the driver's error.
 */
export async function distributeTables(): Promise<Distribution> {
  const url = process.env.DATABASE_URL!;
  await stopListening();
  await closeDatabase();
  const sql = connect(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: "winauthmon distribute" },
  });
  try {
    if (!(await tryToTakeSetUpLock(sql))) throw notAlone();
    assertNoOthers(await findOthers(sql, `winauthmon pid ${process.pid}`));
    return await distributeBy(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
