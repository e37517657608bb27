import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { purgeEventsBefore } from "@/lib/services/companies/purge-company";
import { openCompanies } from "@/lib/services/operator/companies";
import {
  countsOf,
  derivedStored,
  everythingStored,
  importFrom,
  startAfresh,
  stopAfterFirstBatch,
  storedLogs,
} from "../../support/import-suite";
import { setSettings } from "../../support/aged-records";
import { followStored } from "../../support/detecting";
import {
  originalLogs,
  originalStatements,
  writeSqliteOriginal,
  type OriginalLog,
} from "../../support/original-database";
import { provideOwnDatabase } from "../../support/own-database";

const logs = originalLogs(400);
const london = { timeZone: "Europe/London", company: "Keyless" };
const utc = { ...london, timeZone: "UTC" };
const newYork = { ...london, timeZone: "America/New_York" };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-import-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function originalOf(name: string, some: readonly OriginalLog[]): Promise<string> {
  const statements = await originalStatements("sqlite", "Europe/London", some);
  return writeSqliteOriginal(path.join(folder, `${name}.db`), statements);
}

describe("a run with another zone than the one before", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("is refused, as its dry run is, changes nothing, and names the zone that goes on", async () => {
    const source = await originalOf("whole", logs);
    await importFrom(source, london);
    const stored = await everythingStored();
    for (const isDryRun of [true, false]) {
      await expect(importFrom(source, { ...utc, isDryRun })).rejects.toThrow(
        /Use --timezone Europe\/London;/,
      );
      await expect(importFrom(source, { ...newYork, isDryRun })).rejects.toThrow(
        /Use --timezone Europe\/London;/,
      );
    }
    expect(await everythingStored()).toEqual(stored);
    expect(countsOf(await importFrom(source, london)).logs).toMatchObject({ written: 0, present: 400 });
  });
});

describe("a run that goes on where another ended early", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("is refused by another zone, one that only the audit trail knows, and is finished by the same", async () => {
    await importFrom(await originalOf("early", logs.slice(0, 150)), newYork);
    const source = await originalOf("late", logs);
    await expect(importFrom(source, london)).rejects.toThrow(/Use --timezone America\/New_York;/);
    expect(countsOf(await importFrom(source, newYork)).logs).toMatchObject({ written: 250, present: 150 });
  });
});

describe("a run with a wrong zone that was stopped after its first batch", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("is noticed by the next one, also in a source a hundred times as large", async () => {
    const source = await originalOf("stopped", originalLogs(4_000));
    await stopAfterFirstBatch(source, { ...newYork, logsAtOnce: 40 });
    const stored = await everythingStored();
    expect(stored.events).toMatch(/^40 /);
    for (const isDryRun of [true, false])
      await expect(importFrom(source, { ...london, isDryRun })).rejects.toThrow(
        /Use --timezone America\/New_York;/,
      );
    expect(await everythingStored()).toEqual(stored);
    const { logs: counts } = countsOf(await importFrom(source, newYork));
    expect(counts).toMatchObject({ written: 3_960, present: 40 });
  });
});

describe("a run with a wrong zone that was stopped behind logs that are too old to be kept", () => {
  provideOwnDatabase();
  beforeEach(startAfresh);

  it("is noticed by the next one", async () => {
    const all = originalLogs(4_000);
    const july = Date.UTC(2025, 6, 1);
    const source = await originalOf("old-first", all);
    await setSettings({ eventRetentionDays: Math.ceil((Date.now() - july) / 86_400_000) });
    await stopAfterFirstBatch(source, { ...newYork, logsAtOnce: all.findIndex(({ at }) => at > july) + 30 });
    const count = (await storedLogs()).length;
    expect([count > 5, count < 100]).toEqual([true, true]);
    await expect(importFrom(source, london)).rejects.toThrow(/Use --timezone America\/New_York;/);
  });
});

describe("a wrong zone", () => {
  provideOwnDatabase();
  let source: string;
  let right: Awaited<ReturnType<typeof derivedStored>>;
  beforeAll(async () => {
    source = await originalOf("wrong", logs);
    await startAfresh();
    await importFrom(source, london);
    await followStored();
    right = await derivedStored();
  });

  describe("in another installation", () => {
    provideOwnDatabase();
    beforeEach(startAfresh);

    it("is put right by deleting the events and importing them again, with all that follows from them", async () => {
      await importFrom(source, newYork);
      await followStored();
      await expect(importFrom(source, london)).rejects.toThrow(/Use --timezone America\/New_York;/);
      const wrong = await derivedStored();
      for (const [what, rows] of Object.entries(wrong)) expect([what, rows]).not.toEqual([what, right[what]]);
      for (const company of await openCompanies(undefined)) await purgeEventsBefore(company, new Date());
      expect(countsOf(await importFrom(source, london)).logs).toMatchObject({ written: 400, present: 0 });
      await followStored();
      expect(await derivedStored()).toEqual(right);
      const times = (await storedLogs()).map(({ at }) => Number(at)).sort((a, b) => a - b);
      expect(times).toEqual(logs.map(({ at }) => at).sort((a, b) => a - b));
    });
  });
});
