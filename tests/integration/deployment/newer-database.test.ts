import { expect, test } from "vitest";
import { connect } from "@/db/client";
import { listMigrations, runMigrations } from "@/db/migrate";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

test("a release refuses the database of a newer one, changes nothing, and takes its own again", async () => {
  const url = process.env.DATABASE_URL!;
  const sql = connect(url, { max: 1 });
  try {
    const known = await listMigrations(sql);
    const newer = known.at(-1)! + 86_400_000;
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a newer release', ${newer})`;
    const seed = () => Promise.reject(new Error("It seeded the database."));
    await expect(runMigrations(url, seed)).rejects.toThrow("The database belongs to a newer release");
    expect(await listMigrations(sql)).toEqual([...known, newer]);

    await sql`delete from drizzle.__drizzle_migrations where created_at = ${newer}`;
    await runMigrations(url);
    expect(await listMigrations(sql)).toEqual(known);
  } finally {
    await sql.end();
  }
});
