import { findOthers } from "@/db/backup/usage";
import { closeDatabase, connect } from "@/db/client";
import { distribute, type Distribution } from "@/db/distribute";
import { stopListening } from "@/db/pg-notify";
import { assertNoOthers } from "./assert-no-others";

/**
 * Distributes this installation's tables over its Citus cluster, with what they hold.
 *
 * @throws AppError `conflict` while a server runs, which would go on as if nothing had moved; the driver's error.
 */
export async function distributeTables(): Promise<Distribution> {
  const url = process.env.DATABASE_URL!;
  await stopListening();
  await closeDatabase();
  const sql = connect(url, { max: 1, connection: { application_name: "winauthmon distribute" } });
  try {
    assertNoOthers(await findOthers(sql, `winauthmon pid ${process.pid}`));
  } finally {
    await sql.end({ timeout: 5 });
  }
  return distribute(url);
}
