import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany } from "@/lib/services/companies/create-company";
import { countsOf, everythingStored, importFrom, remarksOf, startAfresh } from "../../support/import-suite";
import {
  originalLogs,
  originalStatements,
  runOnSqlite,
  writeSqliteOriginal,
} from "../../support/original-database";
import { provideOwnDatabase } from "../../support/own-database";

const zone = { timeZone: "Europe/London", company: "Keyless" };
const LOGS = 300;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-import-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An original with these companies besides its own two, without keys, of one moment, and with ten logs each. */
async function originalWith(...names: string[]): Promise<string> {
  const file = path.join(folder, "original.db");
  const statements = await originalStatements("sqlite", "Europe/London", originalLogs(LOGS));
  const source = await writeSqliteOriginal(file, statements);
  for (const [index, name] of names.entries()) {
    const id = 11 + index;
    runOnSqlite(file, [
      `insert into app_auth_companies values (${id}, '${name}', null, '2025-01-05 09:00:00.123456')`,
      `update api_logs set company_id = ${id}, api_key_id = null where id between ${id * 10} and ${id * 10 + 9}`,
    ]);
  }
  return source;
}

async function rename(from: string, to: string): Promise<void> {
  await database().execute(sql`update app_auth_companies set name = ${to} where name = ${from}`);
}

/** As after a run of a release that remembered nothing of what it imported. */
async function forgetImportedRows(): Promise<void> {
  await database().execute(sql`delete from imported_rows`);
}

describe("a company without keys that was renamed here, after a run that remembered nothing", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("is known by its moment of creation, also where another has its former name now", async () => {
    const source = await originalWith("Gamma", "Delta");
    await importFrom(source, zone);
    await rename("Gamma", "Gamma Ltd");
    await createCompany(operatorActor("command line"), { name: "Gamma" });
    await forgetImportedRows();
    const stored = await everythingStored();
    const again = await importFrom(source, zone);
    for (const table of Object.values(countsOf(again)))
      expect(table).toMatchObject({ written: 0, changed: 0 });
    expect(remarksOf(again)).toContain("companies: was renamed here; unchanged: Gamma → Gamma Ltd");
    expect(await everythingStored()).toEqual(stored);
  });
});

describe("two companies without keys of one moment, both renamed here after such a run", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("are not taken for each other, so nobody sees a stranger's events", async () => {
    const source = await originalWith("Gamma", "Delta");
    await importFrom(source, zone);
    await rename("Gamma", "Gamma Ltd");
    await rename("Delta", "Delta Ltd");
    await forgetImportedRows();
    const { companies, logs } = countsOf(await importFrom(source, zone));
    expect(companies).toMatchObject({ written: 2, present: 2 });
    expect(logs).toMatchObject({ written: 20, present: LOGS - 20 });
  });
});

describe("a company without keys that was merged into an unused one of its name", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("is known by the next run", async () => {
    const source = await originalWith("default company");
    const first = await importFrom(source, zone);
    expect(remarksOf(first)).toContain(
      "companies: merged into an unused company of the same name: Default Company",
    );
    const stored = await everythingStored();
    await forgetImportedRows();
    const again = await importFrom(source, zone);
    for (const table of Object.values(countsOf(again)))
      expect(table).toMatchObject({ written: 0, changed: 0 });
    expect(await everythingStored()).toEqual(stored);
  });
});

describe("logs with neither key nor company", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("are stored once, whatever the name of their company is now or is typed as", async () => {
    const source = await originalWith();
    runOnSqlite(path.join(folder, "original.db"), [
      "delete from app_auth_api_keys where company_id is null",
      "update api_logs set api_key_id = null where company_id is null",
    ]);
    await importFrom(source, zone);
    const moveOn = async (company: string) => {
      const stored = await everythingStored();
      const outcome = await importFrom(source, { ...zone, company }).then(
        () => "it ran",
        (error: Error) => error.message,
      );
      expect(outcome).toMatch(
        /^it ran$|^The logs that belong to no company .* Use --company "Keyless( Ltd)?";/,
      );
      expect({ company, ...(await everythingStored()) }).toEqual({ company, ...stored });
    };
    await moveOn("Keyles");
    await moveOn("keyless");
    await rename("Keyless", "Keyless Ltd");
    await moveOn("Keyless");
    await moveOn("Keyless Ltd");
    await createCompany(operatorActor("command line"), { name: "Keyless" });
    await moveOn("Keyless");
    await expect(importFrom(source, zone)).rejects.toThrow(/Use --company "Keyless Ltd";/);
  });
});
