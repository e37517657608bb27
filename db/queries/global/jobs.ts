import { eq } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { jobs } from "../../schema/settings";

export type JobRow = typeof jobs.$inferSelect;
export type JobChange = Partial<Omit<JobRow, "name">>;

/** What is known of every job that has ever been looked at. */
export async function listJobRows(): Promise<JobRow[]> {
  return database().select().from(jobs);
}

export async function findJobRow(name: string): Promise<JobRow | null> {
  const [row] = await database().select().from(jobs).where(eq(jobs.name, name));
  return row ?? null;
}

/** Notes something of a job, whose row is made when it is missing. */
export async function noteJob(name: string, change: JobChange, tx: Transaction = database()): Promise<void> {
  await tx
    .insert(jobs)
    .values({ name, ...change })
    .onConflictDoUpdate({ target: jobs.name, set: change });
}

/** Notes a request to run it now. */
export async function noteJobRequest(tx: Transaction, name: string): Promise<void> {
  const change = { requestedAt: new Date() };
  await tx
    .insert(jobs)
    .values({ name, ...change })
    .onConflictDoUpdate({ target: jobs.name, set: change });
}
